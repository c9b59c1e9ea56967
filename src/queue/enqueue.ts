import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";
import type { Transaction } from "../database/database.ts";
import { joining } from "./boss.ts";
import { JOB_KINDS, KEYED_KINDS, groupOf, keyOf } from "./job-identity.ts";
import type { JobKind, JobRequest } from "./jobs.ts";
import { askTurns } from "./turns.ts";

/**
 * Puts jobs into pg-boss inside the caller's transaction: one statement a kind, one more for kinds that take
 * turns. Answers the kinds for which there is something to do at once.
 */
export async function insertJobs(
  boss: PgBoss,
  transaction: Transaction,
  requests: readonly JobRequest[],
  now: Date,
): Promise<readonly (JobKind | "later")[]> {
  const later = requests.filter(({ startAfter }) => startAfter !== undefined && startAfter > now);
  if (later.length > 0) await insertLater(boss, transaction, later);
  const ready: JobKind[] = [];
  for (const kind of JOB_KINDS) {
    const mine = requests.filter((request) => request.kind === kind && !later.includes(request));
    if (mine.length === 0) continue;
    ready.push(kind);
    await (KEYED_KINDS.has(kind)
      ? insertKeyed(boss, transaction, kind, mine, now)
      : insertPlain(boss, transaction, kind, mine));
  }
  return ready;
}

/** A moment in the future does not coalesce with what is asked for now: the request is made then. */
async function insertLater(
  boss: PgBoss,
  transaction: Transaction,
  requests: readonly JobRequest[],
): Promise<void> {
  await boss.insert(
    "later",
    requests.map(({ startAfter, ...request }) => ({
      id: randomUUID(),
      data: request,
      ...(startAfter === undefined ? {} : { startAfter }),
    })),
    joining(transaction),
  );
}

async function insertPlain(
  boss: PgBoss,
  transaction: Transaction,
  kind: JobKind,
  requests: readonly JobRequest[],
): Promise<void> {
  await boss.insert(kind, requests.map(describeJob), joining(transaction));
}

async function insertKeyed(
  boss: PgBoss,
  transaction: Transaction,
  kind: JobKind,
  requests: readonly JobRequest[],
  now: Date,
): Promise<void> {
  const byKey = new Map(requests.map((request) => [keyOf(request), request]));
  const turns = await askTurns(transaction, kind, [...byKey.keys()]);
  // In the same order as the turns: no two transactions wait for each other's keys.
  const ordered = [...byKey].sort(([left], [right]) => (left < right ? -1 : 1));
  await boss.insert(
    kind,
    ordered.map(([key, request]) => ({ ...describeJob(request), singletonKey: key })),
    joining(transaction),
  );
  // Something new happened, so a pause of our own making is cut short; one that the other side asked for is kept.
  for (const { key, notBefore } of turns) {
    if (notBefore === null || notBefore > now) continue;
    await boss.update(kind, undefined, { singletonKey: key, startAfter: 0, ...joining(transaction) });
  }
}

function describeJob(request: JobRequest): { id: string; data: object; group?: { id: string } } {
  const group = groupOf(request);
  return { id: randomUUID(), data: request.data, ...(group === null ? {} : { group: { id: group } }) };
}
