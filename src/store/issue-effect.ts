import type { Queryable, Transaction } from "../database/database.ts";
import { issueTarget } from "../domain/effect.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";

/** The number of a compliance issue: not known yet, never to be (GitHub refused it), or there. */
export type IssueNumber =
  | { readonly state: "waiting" }
  | { readonly state: "refused"; readonly detail: string }
  | { readonly state: "there"; readonly number: number };

export async function findIssueNumber(
  database: Queryable,
  repositoryId: RepositoryId,
  firstRed: CommitSha,
): Promise<IssueNumber> {
  const rows = await database.query<{ remote_id: string | null; done: boolean; last_answer: string | null }>(
    `select remote_id, done_revision >= revision as done, last_answer from holdpoint.effect where target = $1`,
    [issueTarget(repositoryId, firstRed)],
  );
  const row = rows[0];
  if (row === undefined) return { state: "waiting" };
  if (row.remote_id !== null) return { state: "there", number: Number(row.remote_id) };
  return row.done ? { state: "refused", detail: row.last_answer ?? "" } : { state: "waiting" };
}

/** When somebody set out to make the issue of whom nobody knows what came of it; null: nobody. */
export async function whenIssueWasBegun(database: Queryable, target: string): Promise<Date | null> {
  const rows = await database.query<{ begun_at: Date | null }>(
    "select begun_at from holdpoint.effect where target = $1",
    [target],
  );
  return rows[0]?.begun_at ?? null;
}

/** Notes it before it is tried, so that whoever comes next, after any crash, knows that there may be one. */
export async function noteIssueBegun(database: Queryable, target: string, at: Date): Promise<void> {
  await database.query("update holdpoint.effect set begun_at = $2 where target = $1", [target, at]);
}

/**
 * Keeps what came of it, so that nobody looks for an issue that may be there: its number, or null where GitHub took none. `rival`:
 * while this one was made somebody else, who took over, made one as well. The older one is kept, and nothing is done yet.
 */
export async function keepIssueNumber(
  transaction: Transaction,
  target: string,
  { number, knownBefore }: { readonly number: number | null; readonly knownBefore: number | null },
): Promise<"kept" | "rival"> {
  const rows = await transaction.query<{ remote_id: string | null }>(
    "select remote_id from holdpoint.effect where target = $1 for update",
    [target],
  );
  const stored = rows[0]?.remote_id ?? null;
  const now = stored === null ? null : Number(stored);
  const isRival = number !== null && now !== null && now !== knownBefore && now !== number;
  await transaction.query(
    `update holdpoint.effect
        set remote_id = $2, begun_at = null, done_revision = case when $3 then revision - 1 else done_revision end
      where target = $1`,
    [target, isRival ? Math.min(number, now) : (number ?? now), isRival],
  );
  return isRival ? "rival" : "kept";
}

/** Whether the issue has a case whose people nobody has warned yet. */
export async function hasUnwarnedCase(
  transaction: Transaction,
  repositoryId: RepositoryId,
  firstRed: CommitSha,
): Promise<boolean> {
  const rows = await transaction.query(
    `select 1 from holdpoint.compliance_case
      where repository_id = $1 and first_red_sha = $2 and warned_at is null and end_as is null limit 1`,
    [repositoryId, firstRed],
  );
  return rows.length > 0;
}

/** Whether nobody wished for something else meanwhile. */
export async function isNewestWish(
  transaction: Transaction,
  target: string,
  revision: number,
): Promise<boolean> {
  const rows = await transaction.query(
    "select 1 from holdpoint.effect where target = $1 and revision = $2 for update",
    [target, revision],
  );
  return rows.length > 0;
}

/** Targets of the notes and labels on that issue that are not true yet: they may have waited for its number. */
export async function listWaitingOnIssue(
  transaction: Transaction,
  repositoryId: RepositoryId,
  firstRed: CommitSha,
): Promise<readonly string[]> {
  const rows = await transaction.query<{ target: string }>(
    `select target from holdpoint.effect
      where repository_id = $1 and kind in ('note', 'label') and done_revision < revision
        and desired -> 'on' ->> 'firstRed' = $2
      order by updated_at, target`,
    [repositoryId, firstRed],
  );
  return rows.map(({ target }) => target);
}
