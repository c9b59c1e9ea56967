import type { Queryable } from "../../../src/database/database.ts";

/** Changes of a case that are not the same again until something else became of it in between. */
const ONCE = ["case-opened", "case-relapsed", "case-expired", "case-resolved"];

/** Changes of cases that the audit has twice, a line each. */
export async function findDoubledRecords(database: Queryable): Promise<readonly string[]> {
  const doubled = await database.query<{
    readonly what: string;
    readonly check: string;
    readonly count: number;
  }>(
    `select record ->> 'what' as what, record ->> 'check' as check, count(*)::int + 1 as count
       from (select installation_id, record, lag(record) over (
                      partition by installation_id, record ->> 'case' order by sequence) as before
               from holdpoint.audit where record ->> 'case' is not null) as change
      where record = before and record ->> 'what' = any($1)
      group by installation_id, record`,
    [ONCE],
  );
  return doubled.map(({ what, check, count }) => `${what} of ${check} is on record ${String(count)} times`);
}
