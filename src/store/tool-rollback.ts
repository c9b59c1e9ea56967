import type { Transaction } from "../database/database.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";

/** Notes that a tool goes back there now; false where that was noted since. Those who ask at once wait for each other. */
export async function noteToolRollback(
  transaction: Transaction,
  given: {
    readonly repositoryId: RepositoryId;
    readonly environment: string;
    readonly sha: CommitSha;
    readonly at: Date;
    readonly since: Date;
  },
): Promise<boolean> {
  const { repositoryId, environment, sha, at, since } = given;
  const rows = await transaction.query(
    `insert into holdpoint.tool_rollback as known (repository_id, environment, sha, told_at) values ($1, $2, $3, $4)
     on conflict (repository_id, environment, sha) do update set told_at = excluded.told_at
      where known.told_at <= $5
     returning sha`,
    [repositoryId, environment, sha, at, since],
  );
  return rows.length > 0;
}
