import type { Queryable } from "../database/database.ts";
import type { HistoryRecord } from "../domain/history/read-record.ts";
import type { RepositoryId } from "../domain/model.ts";

/** What is wanted of a history; null: whatever it is. */
export interface HistoryQuestion {
  readonly repositoryId: RepositoryId;
  /** What records are called. */
  readonly what: readonly string[];
  readonly person: string | null;
  /** As the policy writes it. */
  readonly environment: string | null;
  /** From the first moment up to and without the second. */
  readonly from: Date | null;
  readonly to: Date | null;
  /** Only what is older than this one. */
  readonly before: HistoryPlace | null;
  readonly limit: number;
}

/** The place of one entry among all. */
export type HistoryPlace = Pick<HistoryRecord, "key" | "at">;

/**
 * Newest first, page by page: the place of the last entry is where the next page begins, so that what happens meanwhile moves
 * nothing. Everything that was decided is in the audit; what went out without anybody's decision is in a table of its own.
 */
export async function listHistory(
  database: Queryable,
  { repositoryId, what, person, environment, from, to, before, limit }: HistoryQuestion,
): Promise<readonly HistoryRecord[]> {
  return await database.query<HistoryRecord>(HISTORY, [
    repositoryId,
    what,
    person,
    environment,
    from,
    to,
    before?.at ?? null,
    before?.key ?? null,
    limit,
  ]);
}

/** Sorts as text in the order in which records were written. */
const AUDIT_KEY = `'audit.' || a.installation_id || '.' || lpad(a.sequence::text, 19, '0')`;
const DEPLOY_KEY = `'deploy.' || lpad(d.id::text, 19, '0')`;

/** Each source reads its index backwards and stops; only the page itself is sorted together. */
function older(at: string, key: string): string {
  return `($5::timestamptz is null or ${at} >= $5) and ($6::timestamptz is null or ${at} < $6)
     and ($7::timestamptz is null
          or (${at} <= $7 and (${at} < $7 or (${key}) collate "C" < $8)))`;
}

/** Of which verdict it is: pull requests and merge groups are a kind of their own. */
const AUDIT_NAME = `case when a.record->>'what' = 'verdict' and a.record->>'subject' not like 'deploy:%'
                         then 'pull-request-verdict' else a.record->>'what' end`;

/** A case holds the environments that it names; what names none is about all of them. */
const AUDIT_ENVIRONMENT = `
  case
    when a.record->>'environment' is not null then lower(a.record->>'environment') = lower($4)
    when a.record ? 'changes' then a.record->'changes' @> jsonb_build_array(jsonb_build_object('environment', $4::text))
    when jsonb_typeof(a.record->'case') = 'number' then exists (
      select from holdpoint.compliance_case c
       where c.id = (a.record->>'case')::bigint and (c.environments is null or $4 = any (c.environments)))
    else true
  end`;

const HISTORY = `
  select key, at, record from (
    (select ${AUDIT_KEY} as key, a.at, a.record
       from holdpoint.audit a
      where (a.record->>'repository')::bigint = $1 and ${AUDIT_NAME} = any ($2::text[])
        and ($3::text is null or lower(a.record->>'by') = lower($3))
        and ($4::text is null or ${AUDIT_ENVIRONMENT})
        and ${older("a.at", AUDIT_KEY)}
      order by a.at desc, (${AUDIT_KEY}) collate "C" desc limit $9)
    union all
    (select ${DEPLOY_KEY}, d.at,
            jsonb_build_object('what', 'deployed', 'environment', d.environment, 'sha', d.sha, 'before', d.before,
                               'by', d.by_login)
       from holdpoint.deploy d
      where d.repository_id = $1 and d.before is not null and 'deployed' = any ($2::text[])
        and ($3::text is null or lower(d.by_login) = lower($3))
        and ($4::text is null or lower(d.environment) = lower($4))
        and ${older("d.at", DEPLOY_KEY)}
      order by d.at desc, (${DEPLOY_KEY}) collate "C" desc limit $9)
  ) as happened
  order by at desc, key collate "C" desc
  limit $9`;
