import type { Queryable } from "../database/database.ts";
import type { YearCase, YearFacts, YearHalt, YearLift } from "../domain/history/year.ts";
import type { RepositoryId } from "../domain/model.ts";

/** Cases, halts and overrides of cases that were there at any time since then. */
export async function findYear(
  database: Queryable,
  repositoryId: RepositoryId,
  since: Date,
): Promise<Pick<YearFacts, "cases" | "halts" | "lifts">> {
  const cases = await database.query<Omit<YearCase, "id"> & { readonly id: string }>(
    `select id, check_key as "checkKey", name, (first_red->>'at')::timestamptz as "redSince", ended_at as "endedAt",
            expired_at as "expiredAt", environments
       from holdpoint.compliance_case
      where repository_id = $1 and (ended_at is null or ended_at > $2)
      order by id`,
    [repositoryId, since],
  );
  const halts = await database.query<YearHalt>(
    `select environment, began_at as "beganAt", ended_at as "endedAt" from holdpoint.halt
      where repository_id = $1 and (ended_at is null or ended_at > $2) order by id`,
    [repositoryId, since],
  );
  const lifts = await database.query<Omit<YearLift, "caseIds"> & { readonly caseIds: readonly string[] }>(
    `select environment, case_ids as "caseIds", began_at as "beganAt", least(ends_at, ended_at) as "endedAt"
       from holdpoint.override
      where repository_id = $1 and kind = 'cases' and not awaits_reason and least(ends_at, ended_at) > $2
      order by id`,
    [repositoryId, since],
  );
  return {
    cases: cases.map((one) => ({ ...one, id: Number(one.id) })),
    halts,
    lifts: lifts.map((one) => ({ ...one, caseIds: one.caseIds.map(Number) })),
  };
}
