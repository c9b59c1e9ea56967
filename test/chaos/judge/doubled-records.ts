import type { Queryable } from "../../../src/database/database.ts";

/** Changes of a case that happen once: again with the same particulars is the same change again. */
const ONCE = ["case-opened", "case-relapsed", "case-expired", "case-resolved"];

/** Changes of cases that the audit has twice, a line each. */
export async function findDoubledRecords(database: Queryable): Promise<readonly string[]> {
  const doubled = await database.query<{
    readonly what: string;
    readonly check: string;
    readonly count: number;
  }>(
    `select record ->> 'what' as what, record ->> 'check' as check, count(*)::int as count from holdpoint.audit
      where record ->> 'what' = any($1) group by installation_id, record having count(*) > 1`,
    [ONCE],
  );
  return doubled.map(({ what, check, count }) => `${what} of ${check} is on record ${String(count)} times`);
}
