import type { Queryable } from "../database/database.ts";
import type { ShownTrack } from "../domain/compliance/shown-track.ts";
import type { RepositoryId } from "../domain/model.ts";

/** What every deferred check of a repository said on the newest commits of the trunk, by name. */
export async function listTracks(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<readonly ShownTrack[]> {
  const rows = await database.query<{ track: ShownTrack }>(
    `select track from holdpoint.check_track where repository_id = $1 order by track ->> 'name', check_key`,
    [repositoryId],
  );
  return rows.map(({ track }) => track);
}
