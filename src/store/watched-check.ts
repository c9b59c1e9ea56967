import type { Queryable, Transaction } from "../database/database.ts";
import type { WatchedCheck } from "../domain/compliance/adoption.ts";
import type { RepositoryId } from "../domain/model.ts";

export async function listWatchedChecks(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<readonly WatchedCheck[]> {
  return await database.query<WatchedCheck>(
    `select policy_name as "policyName", selector, since, observed, heard_at as "heardAt" from holdpoint.watched_check
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
  for (const { policyName, selector, since, observed, heardAt } of watched) {
    await transaction.query(
      `insert into holdpoint.watched_check as w (repository_id, policy_name, selector, since, observed, heard_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (repository_id, policy_name) do update
          set selector = excluded.selector, since = excluded.since, observed = excluded.observed,
              heard_at = excluded.heard_at
        where (w.selector, w.since, w.observed, w.heard_at)
              is distinct from (excluded.selector, excluded.since, excluded.observed, excluded.heard_at)`,
      [repositoryId, policyName, selector, since, observed, heardAt],
    );
  }
}
