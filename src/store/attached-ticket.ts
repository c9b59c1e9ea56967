import type { Queryable, Transaction } from "../database/database.ts";
import type { CommitSha, RepositoryId, TicketKey } from "../domain/model.ts";
import type { Attachment } from "../domain/tickets/attachment.ts";

/** Those in force on the commits named; in the order in which they were attached. */
export async function listAttachedTickets(
  database: Queryable,
  repositoryId: RepositoryId,
  shas: readonly CommitSha[],
): Promise<readonly Attachment[]> {
  if (shas.length === 0) return [];
  return await database.query<Attachment>(
    `select sha, ticket_key as key, because, by_login as "by", attached_at as "at"
       from holdpoint.attached_ticket
      where repository_id = $1 and sha = any ($2::text[]) and detached_at is null
      order by id`,
    [repositoryId, shas],
  );
}

/** False: it is attached already, and whoever did it first keeps the credit. */
export async function attachTicketToCommit(
  transaction: Transaction,
  given: {
    readonly repositoryId: RepositoryId;
    readonly sha: CommitSha;
    readonly ticket: TicketKey;
    readonly because: string;
    readonly by: { readonly id: number; readonly login: string };
    readonly at: Date;
  },
): Promise<boolean> {
  const rows = await transaction.query(
    `insert into holdpoint.attached_ticket (repository_id, sha, ticket_key, because, by_id, by_login, attached_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (repository_id, sha, ticket_key) where detached_at is null do nothing
     returning id`,
    [given.repositoryId, given.sha, given.ticket, given.because, given.by.id, given.by.login, given.at],
  );
  return rows.length > 0;
}

/** False: it was not attached, or is no longer. What was is kept: the row only ends. */
export async function detachTicketFromCommit(
  transaction: Transaction,
  given: {
    readonly repositoryId: RepositoryId;
    readonly sha: CommitSha;
    readonly ticket: TicketKey;
    readonly by: string;
    readonly at: Date;
  },
): Promise<boolean> {
  const rows = await transaction.query(
    `update holdpoint.attached_ticket set detached_at = $4, detached_by = $5
      where repository_id = $1 and sha = $2 and ticket_key = $3 and detached_at is null
      returning id`,
    [given.repositoryId, given.sha, given.ticket, given.at, given.by],
  );
  return rows.length > 0;
}
