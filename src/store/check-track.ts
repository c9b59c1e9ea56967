import type { Queryable, Transaction } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
import type { CaseId } from "../domain/compliance/case.ts";
import type { CaseTrack, ShownTrack } from "../domain/compliance/shown-track.ts";
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

/** Keeps what is given and drops all others; what is unchanged is not written, and nobody is told of it. */
export async function keepTracks(
  transaction: Transaction,
  repositoryId: RepositoryId,
  tracks: readonly ShownTrack[],
  at: Date,
): Promise<void> {
  await transaction.query(
    `delete from holdpoint.check_track where repository_id = $1 and check_key <> all ($2::text[])`,
    [repositoryId, tracks.map(({ key }) => key)],
  );
  await transaction.query(
    `insert into holdpoint.check_track as kept (repository_id, check_key, track, read_at)
     select $1, track ->> 'key', track, $3 from jsonb_array_elements($2) as track
     on conflict (repository_id, check_key) do update
        set track = excluded.track, read_at = excluded.read_at
      where kept.track is distinct from excluded.track`,
    [repositoryId, storableJson(tracks), at],
  );
}

/** What a case's check said from its last green on; it stays when the case has ended. */
export async function keepCaseTrack(transaction: Transaction, id: CaseId, track: CaseTrack): Promise<void> {
  await transaction.query(
    `update holdpoint.compliance_case set track = $2 where id = $1 and track is distinct from $2::jsonb`,
    [id, storableJson(track)],
  );
}
