import type { Queryable } from "../database/database.ts";

/**
 * The repositories `r` that the session `$1` may see, each with its right `s`: what GitHub let the person see when it was asked
 * last, and Holdpoint may do something for. Every page is made from this, so that no page shows more than another.
 */
export const SEEN_REPOSITORIES = `holdpoint.session_right s
       join holdpoint.repository r on r.id = s.repository_id and s.id_hash = $1 and r.gone is null
        and not exists (select from holdpoint.installation i
                         where i.id = r.installation_id and i.state <> 'active')`;

/** Of what Holdpoint may do something for: what GitHub let the person see when it was asked last. */
export async function listSeenIds(database: Queryable, idHash: Buffer): Promise<ReadonlySet<number>> {
  const rows = await database.query<{ readonly id: string }>(`select r.id from ${SEEN_REPOSITORIES}`, [
    idHash,
  ]);
  return new Set(rows.map(({ id }) => Number(id)));
}
