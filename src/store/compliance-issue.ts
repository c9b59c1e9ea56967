import type { Queryable, Transaction } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
import type { RedRange, TaggedPeople } from "../domain/compliance/issue-view.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";

/** What is kept of the issue of one first red commit. Its number is in the effect's row. */
export interface StoredComplianceIssue {
  readonly repositoryId: RepositoryId;
  readonly firstRed: CommitSha;
  readonly range: RedRange;
  readonly people: TaggedPeople;
  readonly openedAt: Date;
  /** Its number at GitHub; null: it is not there yet. */
  readonly number: number | null;
}

interface IssueRow extends Omit<StoredComplianceIssue, "repositoryId" | "number"> {
  readonly number: string | null;
}

const SELECT = `select i.first_red_sha as "firstRed", i.range, i.people, i.opened_at as "openedAt", e.remote_id as number
                  from holdpoint.compliance_issue i
                  left join holdpoint.effect e
                    on e.target = 'issue:' || i.repository_id || ':' || i.first_red_sha`;

/** Keeps who is told and the range; where the issue is known already, both stay as they were. */
export async function keepComplianceIssue(
  transaction: Transaction,
  issue: Omit<StoredComplianceIssue, "number">,
): Promise<void> {
  await transaction.query(
    `insert into holdpoint.compliance_issue (repository_id, first_red_sha, range, people, opened_at)
     values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [
      issue.repositoryId,
      issue.firstRed,
      storableJson(issue.range),
      storableJson(issue.people),
      issue.openedAt,
    ],
  );
}

export async function findComplianceIssue(
  database: Queryable,
  repositoryId: RepositoryId,
  firstRed: CommitSha,
): Promise<StoredComplianceIssue | null> {
  const rows = await database.query<IssueRow>(
    `${SELECT} where i.repository_id = $1 and i.first_red_sha = $2`,
    [repositoryId, firstRed],
  );
  return rows[0] === undefined ? null : readRow(repositoryId, rows[0]);
}

/** The compliance issue with that number at GitHub; null: it is somebody else's issue. */
export async function findComplianceIssueByNumber(
  database: Queryable,
  repositoryId: RepositoryId,
  number: number,
): Promise<StoredComplianceIssue | null> {
  const rows = await database.query<IssueRow>(
    `${SELECT} where i.repository_id = $1 and e.repository_id = $1 and e.kind = 'issue' and e.remote_id = $2`,
    [repositoryId, number],
  );
  return rows[0] === undefined ? null : readRow(repositoryId, rows[0]);
}

/** The first red commits whose issue is stored already. */
export async function listKnownIssues(
  database: Queryable,
  repositoryId: RepositoryId,
  firstReds: readonly CommitSha[],
): Promise<ReadonlySet<CommitSha>> {
  const rows = await database.query<{ readonly firstRed: CommitSha }>(
    `select first_red_sha as "firstRed" from holdpoint.compliance_issue
      where repository_id = $1 and first_red_sha = any ($2::text[])`,
    [repositoryId, firstReds],
  );
  return new Set(rows.map(({ firstRed }) => firstRed));
}

/** Issues with an open case, and those that should be closed but are not: what a look shows anew. */
export async function listLivingIssues(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<readonly CommitSha[]> {
  const rows = await database.query<{ readonly firstRed: CommitSha }>(
    `select i.first_red_sha as "firstRed"
       from holdpoint.compliance_issue i
       left join holdpoint.effect e on e.target = 'issue:' || i.repository_id || ':' || i.first_red_sha
      where i.repository_id = $1
        and (e.desired->>'state' is distinct from 'closed'
             or exists (select from holdpoint.compliance_case c
                         where c.repository_id = i.repository_id and c.first_red_sha = i.first_red_sha
                           and c.end_as is null))
      order by i.first_red_sha`,
    [repositoryId],
  );
  return rows.map(({ firstRed }) => firstRed);
}

/**
 * Takes the rows of the repository's issues, before those of its cases: whoever notes that an issue is there and then warns of its
 * cases takes them in the same order, so that neither waits for the other in a circle.
 */
export async function lockIssues(transaction: Transaction, repositoryId: RepositoryId): Promise<void> {
  await transaction.query(
    `select from holdpoint.effect
      where target = any (array(select 'issue:' || i.repository_id || ':' || i.first_red_sha
                                  from holdpoint.compliance_issue i
                                  join holdpoint.compliance_case c
                                    on c.repository_id = i.repository_id and c.first_red_sha = i.first_red_sha
                                 where i.repository_id = $1 and c.end_as is null))
      order by target
      for update`,
    [repositoryId],
  );
}

function readRow(repositoryId: RepositoryId, row: IssueRow): StoredComplianceIssue {
  return {
    ...row,
    repositoryId,
    number: row.number === null ? null : Number(row.number),
  };
}
