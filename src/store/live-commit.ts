import type { Queryable, Transaction } from "../database/database.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";

/** A commit that an environment's base branch was seen at: it was live there. */
export interface LiveCommit {
  readonly environment: string;
  readonly sha: CommitSha;
}

export async function noteLiveCommit(
  transaction: Transaction,
  repositoryId: RepositoryId,
  { environment, sha }: LiveCommit,
  at: Date,
): Promise<void> {
  await transaction.query(
    `insert into holdpoint.live_commit (repository_id, environment, sha, first_seen_at) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [repositoryId, environment, sha, at],
  );
}

export async function wasSeenLive(
  database: Queryable,
  repositoryId: RepositoryId,
  { environment, sha }: LiveCommit,
): Promise<boolean> {
  const rows = await database.query(
    "select 1 from holdpoint.live_commit where repository_id = $1 and environment = $2 and sha = $3",
    [repositoryId, environment, sha],
  );
  return rows.length > 0;
}
