import type { Queryable } from "../database/database.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";

/** One head of one pull request from a fork. A new push needs a new permit. */
export interface ForkHead {
  readonly repositoryId: RepositoryId;
  readonly number: number;
  readonly head: CommitSha;
}

/** Somebody with write access asked for the check: Jira may be asked about this head. */
export async function permitFork(database: Queryable, fork: ForkHead, by: string, at: Date): Promise<void> {
  await database.query(
    `insert into holdpoint.fork_permit (repository_id, number, head, by_login, at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [fork.repositoryId, fork.number, fork.head, by, at],
  );
}

export async function isForkPermitted(database: Queryable, fork: ForkHead): Promise<boolean> {
  const rows = await database.query(
    `select 1 from holdpoint.fork_permit where repository_id = $1 and number = $2 and head = $3`,
    [fork.repositoryId, fork.number, fork.head],
  );
  return rows.length > 0;
}
