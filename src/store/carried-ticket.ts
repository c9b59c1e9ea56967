import type { Queryable } from "../database/database.ts";
import type { RepositoryId, TicketKey } from "../domain/model.ts";

/** Whether something of the repository that is still open stands on the ticket: what goes out next, or a pull request. */
export async function isTicketCarried(
  database: Queryable,
  repositoryId: RepositoryId,
  ticket: TicketKey,
): Promise<boolean> {
  const rows = await database.query(
    `select 1 from holdpoint.subject_ticket t
       join holdpoint.subject s on s.key = t.subject_key and not s.closed
      where t.ticket_key = $1 and s.repository_id = $2
      limit 1`,
    [ticket, repositoryId],
  );
  return rows.length > 0;
}
