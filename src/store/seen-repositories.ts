import type { Queryable } from "../database/database.ts";

/** Of what Holdpoint may do something for: what GitHub let the person see when it was asked last. */
export async function listSeenIds(database: Queryable, idHash: Buffer): Promise<ReadonlySet<number>> {
  const rows = await database.query<{ readonly id: string }>(
    `select r.id
       from holdpoint.session_right s
       join holdpoint.repository r on r.id = s.repository_id
      where s.id_hash = $1 and r.gone is null
        and not exists (select from holdpoint.installation i
                         where i.id = r.installation_id and i.state <> 'active')`,
    [idHash],
  );
  return new Set(rows.map(({ id }) => Number(id)));
}
