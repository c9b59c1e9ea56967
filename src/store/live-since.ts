import type { Queryable } from "../database/database.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";

export interface LiveSince {
  readonly at: Date;
  /** It was seen going there; else it was there already when Holdpoint first looked. */
  readonly seenGoing: boolean;
}

/** Since when the environment runs that commit; null: it was never seen there. */
export async function findLiveSince(
  database: Queryable,
  repositoryId: RepositoryId,
  { environment, sha }: { readonly environment: string; readonly sha: CommitSha },
): Promise<LiveSince | null> {
  const rows = await database.query<LiveSince>(
    `select at, before is not null as "seenGoing" from holdpoint.deploy
      where repository_id = $1 and environment = $2 and sha = $3
      order by id desc limit 1`,
    [repositoryId, environment, sha],
  );
  return rows[0] ?? null;
}
