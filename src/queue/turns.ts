import type { Queryable, Transaction } from "../database/database.ts";
import type { JobKind } from "./jobs.ts";

/**
 * Turns: how asking again for a key is never lost although its jobs are coalesced.
 *
 * pg-boss's `exclusive` queue keeps one job of a key and drops every further one (ON CONFLICT DO NOTHING). Alone that
 * loses requests: a job that is active, or is fetched before the asking transaction commits, has read the
 * facts too early. So each request also raises `asked` in the key's turn, in its own transaction, and a job
 * notes `asked` when it starts. When it is done it ends the turn only if `asked` is still what it noted, in
 * the transaction that deletes the job; otherwise it leaves a new job behind. Both sides lock the turn first, so
 * one of them sees the other: whoever asks after the end finds the key free, whoever asked before it is seen.
 */
export interface Turn {
  readonly key: string;
  /** After a failure: not to be tried before. null: has not failed. */
  readonly notBefore: Date | null;
}

/** Raises `asked` for each key, in the order of the keys, so that two who ask for the same ones wait and do not deadlock. */
export function askTurns(
  transaction: Transaction,
  kind: JobKind,
  keys: readonly string[],
): Promise<readonly Turn[]> {
  return transaction.query<Turn>(
    `insert into holdpoint.turn as turn (kind, key, asked)
     select $1, key, nextval('holdpoint.ask') from unnest($2::text[]) as key order by key
     on conflict (kind, key) do update set asked = excluded.asked
     returning turn.key, turn.not_before as "notBefore"`,
    [kind, keys],
  );
}

/** What was asked last, to be noted when a job starts and before it reads anything else. */
export async function readAsked(database: Queryable, kind: JobKind, key: string): Promise<string | null> {
  const rows = await database.query<{ readonly asked: string }>(
    "select asked from holdpoint.turn where kind = $1 and key = $2",
    [kind, key],
  );
  return rows[0]?.asked ?? null;
}

/**
 * Ends the turn unless it was asked for again since `asked` was noted; the answer says which. Either way
 * what was parked for the key is settled with it.
 */
export async function endTurn(
  transaction: Transaction,
  kind: JobKind,
  key: string,
  asked: string | null,
): Promise<"ended" | "asked-again"> {
  const ended = await transaction.query(
    `with parked as (delete from holdpoint.parked_job where kind = $1 and key = $2)
     delete from holdpoint.turn where kind = $1 and key = $2 and asked = $3 returning key`,
    [kind, key, asked],
  );
  if (ended.length > 0) return "ended";
  // A statement of its own: the delete may have waited for somebody's commit, which its own snapshot does not show.
  return (await readAsked(transaction, kind, key)) === null ? "ended" : "asked-again";
}

/** Notes a failure, so that whoever asks next knows whether the pause may be cut short. */
export async function delayTurn(
  transaction: Transaction,
  kind: JobKind,
  key: string,
  notBefore: Date,
): Promise<void> {
  await transaction.query("update holdpoint.turn set not_before = $3 where kind = $1 and key = $2", [
    kind,
    key,
    notBefore,
  ]);
}
