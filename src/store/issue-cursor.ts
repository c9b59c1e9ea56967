import type { Queryable, Transaction } from "../database/database.ts";
import type { RepositoryId } from "../domain/model.ts";

/** The newest event of an issue that was decided upon: no later look decides it anew. null: none was. */
export async function findIssueCursor(
  database: Queryable,
  repositoryId: RepositoryId,
  issueNumber: number,
): Promise<number | null> {
  const rows = await database.query<{ eventId: string }>(
    `select event_id as "eventId" from holdpoint.issue_cursor where repository_id = $1 and issue_number = $2`,
    [repositoryId, issueNumber],
  );
  return rows[0] === undefined ? null : Number(rows[0].eventId);
}

export async function moveIssueCursor(
  transaction: Transaction,
  repositoryId: RepositoryId,
  issueNumber: number,
  eventId: number,
): Promise<void> {
  await transaction.query(
    `insert into holdpoint.issue_cursor as c (repository_id, issue_number, event_id) values ($1, $2, $3)
     on conflict (repository_id, issue_number) do update
        set event_id = greatest(c.event_id, excluded.event_id)`,
    [repositoryId, issueNumber, eventId],
  );
}

/** Whether something of Holdpoint's stands on the issue: a case, a halt, something that was lifted. */
export async function standsSomething(
  database: Queryable,
  repositoryId: RepositoryId,
  issueNumber: number,
): Promise<boolean> {
  const rows = await database.query<{ stands: boolean }>(
    `select exists (select from holdpoint.effect where repository_id = $1 and kind = 'issue' and remote_id = $2)
         or exists (select from holdpoint.halt
                     where repository_id = $1 and ended_at is null and issue_number = $2)
         or exists (select from holdpoint.override
                     where repository_id = $1 and ended_at is null and issue_number = $2) as stands`,
    [repositoryId, issueNumber],
  );
  return rows[0]?.stands === true;
}
