import type { Queryable, Transaction } from "../database/database.ts";
import type { WatchedCheck } from "../domain/compliance/adoption.ts";
import type { RepositoryId } from "../domain/model.ts";

export async function listWatchedChecks(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<readonly WatchedCheck[]> {
  return await database.query<WatchedCheck>(
    `select policy_name as "policyName", since, observed from holdpoint.watched_check
      where repository_id = $1 order by policy_name`,
    [repositoryId],
  );
}

/** Keeps which checks are watched, since when; those that are not named are not watched any more. */
export async function keepWatchedChecks(
  transaction: Transaction,
  repositoryId: RepositoryId,
  watched: readonly WatchedCheck[],
): Promise<void> {
  await transaction.query(
    `delete from holdpoint.watched_check where repository_id = $1 and not (policy_name = any ($2::text[]))`,
    [repositoryId, watched.map(({ policyName }) => policyName)],
  );
  for (const { policyName, since, observed } of watched) {
    await transaction.query(
      `insert into holdpoint.watched_check as w (repository_id, policy_name, since, observed) values ($1, $2, $3, $4)
       on conflict (repository_id, policy_name) do update set since = excluded.since, observed = excluded.observed
        where (w.since, w.observed) is distinct from (excluded.since, excluded.observed)`,
      [repositoryId, policyName, since, observed],
    );
  }
}
