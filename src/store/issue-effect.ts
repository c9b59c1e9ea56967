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
 * Keeps what came of it, so that nobody looks for an issue that may be there: the number as it was found last, of two that came to be
 * the older one; null: GitHub took none.
 */
export async function keepIssueNumber(
  transaction: Transaction,
  target: string,
  number: number | null,
): Promise<void> {
  await transaction.query(
    "update holdpoint.effect set remote_id = coalesce($2, remote_id), begun_at = null where target = $1",
    [target, number],
  );
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
