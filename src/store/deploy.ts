import type { Transaction } from "../database/database.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";

/** What an environment runs, as a look saw it. */
export interface RunningCommit {
  readonly environment: string;
  readonly sha: CommitSha;
  /** A login; null: a branch was moved, or the account is gone. */
  readonly by: string | null;
  /** When GitHub says that it went live; for a branch, when it was seen. */
  readonly at: Date;
}

/**
 * Notes what an environment runs where it is something else than what was noted last. The first note of an environment has nothing
 * before it: it was seen there, not seen going there. Called within a look's transaction, of which there is one at a time.
 */
export async function noteDeploy(
  transaction: Transaction,
  repositoryId: RepositoryId,
  { environment, sha, by, at }: RunningCommit,
): Promise<void> {
  await transaction.query(
    `insert into holdpoint.deploy (repository_id, environment, sha, before, by_login, at)
     select $1, $2, $3, newest.sha, $4, $5
       from (select (select sha from holdpoint.deploy
                      where repository_id = $1 and environment = $2 order by id desc limit 1) as sha) newest
      where newest.sha is distinct from $3`,
    [repositoryId, environment, sha, by, at],
  );
}
