import type { Queryable } from "../database/database.ts";
import type { ComplianceCase } from "../domain/compliance/case.ts";
import type { RedRange, TaggedPeople } from "../domain/compliance/issue-view.ts";
import type { CaseTrack } from "../domain/compliance/shown-track.ts";
import type { RepositoryId } from "../domain/model.ts";
import { type CaseRow, CASE_COLUMNS, readCaseRow } from "./compliance-case-row.ts";

/** A case as a page shows it, with what is kept of its issue. */
export interface ShownCase {
  readonly case: ComplianceCase;
  /** null: the trunk was not read since it opened. */
  readonly track: CaseTrack | null;
  /** null: its issue is not written yet. */
  readonly range: RedRange | null;
  readonly people: TaggedPeople | null;
  /** At GitHub; null: it is not there yet. */
  readonly issueNumber: number | null;
  /** Other cases of the same issue that have not ended. */
  readonly others: readonly { readonly id: number; readonly name: string }[];
}

interface ShownCaseRow extends CaseRow, Omit<ShownCase, "case" | "issueNumber"> {
  readonly issueNumber: string | null;
}

const COLUMNS = `${CASE_COLUMNS}, track`;

/** null: that repository has no such case, whoever else has. */
export async function findShownCase(
  database: Queryable,
  repositoryId: RepositoryId,
  id: number,
): Promise<ShownCase | null> {
  const rows = await database.query<ShownCaseRow>(
    `select one.*, i.range, i.people, e.remote_id as "issueNumber",
            coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name) order by o.id)
                        from holdpoint.compliance_case o
                       where o.repository_id = $1 and o.first_red_sha = one."firstRed" ->> 'sha'
                         and o.id <> $2 and o.end_as is null), '[]') as others
       from (select ${COLUMNS} from holdpoint.compliance_case where repository_id = $1 and id = $2) one
       left join holdpoint.compliance_issue i
         on i.repository_id = $1 and i.first_red_sha = one."firstRed" ->> 'sha'
       left join holdpoint.effect e on e.target = 'issue:' || $1::bigint || ':' || (one."firstRed" ->> 'sha')`,
    [repositoryId, id],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { track, range, people, issueNumber, others, ...rest } = row;
  const number = issueNumber === null ? null : Number(issueNumber);
  return { case: readCaseRow(rest), track, range, people, issueNumber: number, others };
}

/** One page of a repository's cases. */
export interface CaseList {
  /** Those that have not ended, the nearest deadline first; on the first page alone. */
  readonly open: readonly ListedCase[];
  /** The newest end first. */
  readonly ended: readonly ListedCase[];
  /** How many have ended in all. */
  readonly endedInAll: number;
  /** There are older ones. */
  readonly more: boolean;
}

export interface ListedCase {
  readonly case: ComplianceCase;
  readonly track: CaseTrack | null;
}

const PAGE = 25;
const MOST_OPEN = 200;

/** `before`: the last ended case of the page before; null: the first page. */
export async function listShownCases(
  database: Queryable,
  repositoryId: RepositoryId,
  before: number | null,
): Promise<CaseList> {
  const open = await database.query<CaseRow & Pick<ListedCase, "track">>(
    `select ${COLUMNS} from holdpoint.compliance_case
      where repository_id = $1 and end_as is null and $2::bigint is null
      order by expired_at nulls last, coalesce(verify_until, deadline) nulls last, id limit ${MOST_OPEN}`,
    [repositoryId, before],
  );
  const ended = await database.query<CaseRow & Pick<ListedCase, "track">>(
    `select ${COLUMNS} from holdpoint.compliance_case
      where repository_id = $1 and end_as is not null
        and ($2::bigint is null
             or (ended_at, id) < (select ended_at, id from holdpoint.compliance_case
                                   where repository_id = $1 and id = $2))
      order by ended_at desc, id desc limit ${PAGE + 1}`,
    [repositoryId, before],
  );
  const counted = await database.query<{ readonly inAll: string }>(
    `select count(*) as "inAll" from holdpoint.compliance_case where repository_id = $1 and end_as is not null`,
    [repositoryId],
  );
  return {
    open: open.map(({ track, ...row }) => ({ case: readCaseRow(row), track })),
    ended: ended.slice(0, PAGE).map(({ track, ...row }) => ({ case: readCaseRow(row), track })),
    endedInAll: Number(counted[0]?.inAll ?? 0),
    more: ended.length > PAGE,
  };
}
