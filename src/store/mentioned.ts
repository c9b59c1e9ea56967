import type { Queryable } from "../database/database.ts";
import type { Mentioned } from "../domain/history/read-record.ts";
import type { RepositoryId } from "../domain/model.ts";

/** What a page of a history names: its cases, and how long its halts and overrides lasted. Two queries, whatever the page. */
export async function findMentioned(
  database: Queryable,
  repositoryId: RepositoryId,
  { cases, sources }: { readonly cases: readonly number[]; readonly sources: readonly string[] },
): Promise<Mentioned> {
  const named = await database.query<{ id: string; name: string; redSince: Date }>(
    `select id, name, (first_red->>'at')::timestamptz as "redSince"
       from holdpoint.compliance_case where repository_id = $1 and id = any ($2::bigint[])`,
    [repositoryId, cases],
  );
  const ended = await database.query<{ source: string; lasted: number }>(
    `select source, extract(epoch from ended_at - began_at)::float8 * 1000 as lasted
       from (select source, began_at, ended_at from holdpoint.halt
              where repository_id = $1 and source = any ($2::text[])
             union all
             select source, began_at, ended_at from holdpoint.override
              where repository_id = $1 and source = any ($2::text[])) as ended
      where ended_at is not null`,
    [repositoryId, sources],
  );
  return {
    cases: new Map(named.map(({ id, name, redSince }) => [Number(id), { name, redSince }])),
    lasted: new Map(ended.map(({ source, lasted }) => [source, Math.max(0, Math.round(lasted))])),
  };
}
