import type { Queryable } from "../database/database.ts";
import type { RepositoryId } from "../domain/model.ts";
import type { Watch } from "../domain/watch.ts";

/** Remembers it; the same once more writes nothing. */
export async function keepWatch(
  database: Queryable,
  repositoryId: RepositoryId,
  watch: Watch,
  at: Date,
): Promise<void> {
  await database.query(
    `insert into holdpoint.watch as w
            (repository_id, governed, trunk, deploy_branch, base_branches, base_environments, required_checks,
             deferred_checks, labels, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (repository_id) do update
        set governed = excluded.governed, trunk = excluded.trunk, deploy_branch = excluded.deploy_branch,
            base_branches = excluded.base_branches, base_environments = excluded.base_environments,
            required_checks = excluded.required_checks, deferred_checks = excluded.deferred_checks,
            labels = excluded.labels, updated_at = excluded.updated_at
      where (w.governed, w.trunk, w.deploy_branch, w.base_branches, w.base_environments, w.required_checks,
             w.deferred_checks, w.labels)
            is distinct from
            (excluded.governed, excluded.trunk, excluded.deploy_branch, excluded.base_branches,
             excluded.base_environments, excluded.required_checks, excluded.deferred_checks, excluded.labels)`,
    [
      repositoryId,
      watch.governed,
      watch.trunk,
      watch.deployBranch,
      watch.baseBranches,
      watch.baseEnvironments,
      watch.requiredChecks,
      watch.deferredChecks,
      watch.labels,
      at,
    ],
  );
}

/** null: no look has read the repository yet, and nobody knows what matters to it. */
export async function findWatch(database: Queryable, repositoryId: RepositoryId): Promise<Watch | null> {
  const rows = await database.query<Watch>(
    `select governed, trunk, deploy_branch as "deployBranch", base_branches as "baseBranches",
            base_environments as "baseEnvironments", required_checks as "requiredChecks",
            deferred_checks as "deferredChecks", labels
       from holdpoint.watch where repository_id = $1`,
    [repositoryId],
  );
  return rows[0] ?? null;
}

/** Why a finished check of a commit may matter, each asked of the database as it is now. */
export interface CheckConcerns {
  /** A look at the deploy is queued or runs, and may be about to find this commit. */
  readonly deployIsLookedAt: boolean;
  /** The head that the deploy was judged at; null: none yet, or none that could be read. */
  readonly deployHead: string | null;
  /** The gate answered for the commit lately. */
  readonly gateJudgedIt: boolean;
}

/**
 * What decides whether a finished check asks for a look. The turn is read in a statement before the head's: a look
 * that ends in between has found its head by then, and one that has not ended is seen.
 */
export async function readCheckConcerns(
  database: Queryable,
  repositoryId: RepositoryId,
  sha: string,
): Promise<CheckConcerns> {
  const turns = await database.query(
    `select key from holdpoint.turn where kind = 'look' and key = 'deploy:' || $1::bigint`,
    [repositoryId],
  );
  const rows = await database.query<{ head: string | null; judged: boolean }>(
    `select (select head from holdpoint.subject where key = 'deploy:' || $1::bigint) as head,
            exists (select from holdpoint.judgement where repository_id = $1 and sha = $2) as judged`,
    [repositoryId, sha],
  );
  const [row] = rows;
  return {
    deployIsLookedAt: turns.length > 0,
    deployHead: row?.head ?? null,
    gateJudgedIt: row?.judged ?? false,
  };
}

/** Also one whose check the policy has dropped. */
export async function hasOpenCases(database: Queryable, repositoryId: RepositoryId): Promise<boolean> {
  const rows = await database.query(
    `select id from holdpoint.compliance_case where repository_id = $1 and end_as is null limit 1`,
    [repositoryId],
  );
  return rows.length > 0;
}
