import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";
import type { Clock } from "../clock.ts";
import type { Database, Transaction } from "../database/database.ts";
import { Fault, asError } from "../errors.ts";
import type { Log } from "../log.ts";
import { joining, reachedIds } from "./boss.ts";
import { KEYED_KINDS, type Work, groupOf, keyOf } from "./job-identity.ts";
import { isLastTry } from "./is-last-try.ts";
import { parkJob } from "./parked.ts";
import { delayTurn, endTurn } from "./turns.ts";

/** One try of one job, as its worker holds it. `id` and `retryCount` fence whatever is written about it. */
export interface Attempt {
  readonly work: Work;
  readonly id: string;
  readonly retryCount: number;
  /** What was asked for last when the try began; see `turns.ts`. */
  readonly asked: string | null;
}

export interface SettleDependencies {
  readonly boss: PgBoss;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/** `again`: a new job for the same key was left behind. `lost`: somebody else has the job by now. */
export type Settled = "done" | "again" | "retry" | "parked" | "lost";

/** The handler came back. The job is deleted rather than kept as completed: the rows it wrote are the record. */
export async function settleDone(dependencies: SettleDependencies, attempt: Attempt): Promise<Settled> {
  const { boss, database } = dependencies;
  const { kind } = attempt.work;
  if (!KEYED_KINDS.has(kind)) {
    const deleted = reachedIds(await boss.deleteJob(kind, attempt, joining(database)));
    return deleted.length > 0 ? "done" : "lost";
  }
  return fenced(database, async (transaction) =>
    (await finishTurn(boss, transaction, attempt)) ? "done" : "again",
  );
}

/** The handler threw: again later, or parked when its tries are used up or trying again is of no use. */
export async function settleFailed(
  dependencies: SettleDependencies,
  attempt: Attempt,
  thrown: unknown,
): Promise<Settled> {
  const error = asError(thrown);
  return fenced(dependencies.database, (transaction) =>
    isLastTry(error, { retries: attempt.retryCount })
      ? park(dependencies, transaction, attempt, error)
      : postpone(dependencies, transaction, attempt, error),
  );
}

async function postpone(
  { boss, clock }: SettleDependencies,
  transaction: Transaction,
  attempt: Attempt,
  error: Error,
): Promise<Settled> {
  const { kind } = attempt.work;
  const now = clock.now();
  const saidSo =
    error instanceof Fault && error.retryAt !== null && error.retryAt > now ? error.retryAt : null;
  if (KEYED_KINDS.has(kind)) await delayTurn(transaction, kind, keyOf(attempt.work), saidSo ?? now);
  const failed = await boss.fail(kind, attempt, { message: error.message }, joining(transaction));
  if (reachedIds(failed).length === 0) throw new LeaseLost();
  if (saidSo !== null) {
    await boss.update(kind, undefined, { id: attempt.id, startAfter: saidSo, ...joining(transaction) });
  }
  return "retry";
}

async function park(
  { boss, clock, log }: SettleDependencies,
  transaction: Transaction,
  attempt: Attempt,
  error: Error,
): Promise<Settled> {
  const { work, id, retryCount } = attempt;
  // Asked for again while it failed: the facts may be others by now, so the new job tries afresh.
  if (!(await finishTurn(boss, transaction, attempt))) return "again";
  await parkJob(transaction, {
    ...work,
    id,
    key: keyOf(work),
    retries: retryCount,
    lastError: error.message.slice(0, 2_000),
    parkedAt: clock.now(),
  });
  transaction.afterCommit(() =>
    log.error("a job was parked after its last try", { job: id, kind: work.kind, key: keyOf(work), error }),
  );
  return "parked";
}

/** Ends the key's turn and deletes the job, both or neither; leaves a new job where the key was asked for again. */
async function finishTurn(boss: PgBoss, transaction: Transaction, attempt: Attempt): Promise<boolean> {
  const { work } = attempt;
  const keyed = KEYED_KINDS.has(work.kind);
  const key = keyOf(work);
  const turn = keyed ? await endTurn(transaction, work.kind, key, attempt.asked) : "ended";
  const deleted = await boss.deleteJob(work.kind, attempt, joining(transaction));
  if (reachedIds(deleted).length === 0) throw new LeaseLost();
  if (turn === "ended") return true;
  const group = groupOf(work);
  await boss.insert(
    work.kind,
    [
      {
        id: randomUUID(),
        data: work.data,
        singletonKey: key,
        ...(group === null ? {} : { group: { id: group } }),
      },
    ],
    joining(transaction),
  );
  return false;
}

/** Rolls the transaction back: whoever lost the lease writes nothing. */
class LeaseLost extends Error {}

async function fenced(
  database: Database,
  work: (transaction: Transaction) => Promise<Settled>,
): Promise<Settled> {
  try {
    return await database.transaction(work);
  } catch (error) {
    if (error instanceof LeaseLost) return "lost";
    throw error;
  }
}
