import type { Queryable, Transaction } from "../database/database.ts";
import type { HeardRed } from "../domain/compliance/heard-red.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";

/** Notes a red run that an event told of; told of again, it is looked for anew. */
export async function hearRed(
  transaction: Transaction,
  repositoryId: RepositoryId,
  sha: CommitSha,
  at: Date,
): Promise<void> {
  await transaction.query(
    `insert into holdpoint.heard_red (repository_id, sha, heard_at) values ($1, $2, $3)
     on conflict (repository_id, sha) do update set heard_at = excluded.heard_at`,
    [repositoryId, sha, at],
  );
}

export async function listHeardReds(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<readonly HeardRed[]> {
  return await database.query<HeardRed>(
    `select sha, heard_at as "heardAt" from holdpoint.heard_red where repository_id = $1 order by sha`,
    [repositoryId],
  );
}

/** Forgets them, but not what was told of again meanwhile. */
export async function forgetHeardReds(
  transaction: Transaction,
  repositoryId: RepositoryId,
  settled: readonly HeardRed[],
): Promise<void> {
  if (settled.length === 0) return;
  await transaction.query(
    `delete from holdpoint.heard_red h using unnest($2::text[], $3::timestamptz[]) as settled (sha, heard_at)
      where h.repository_id = $1 and h.sha = settled.sha and h.heard_at = settled.heard_at`,
    [repositoryId, settled.map(({ sha }) => sha), settled.map(({ heardAt }) => heardAt)],
  );
}
