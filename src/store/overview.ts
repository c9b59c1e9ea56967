import type { Queryable } from "../database/database.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import { readRepositoryRow, type RepositoryRow } from "./repository.ts";
import type { StoredRight } from "./session.ts";
import { SEEN_REPOSITORIES } from "./seen-repositories.ts";

/** A repository that somebody may see, with what waits there. */
export interface SeenRepositoryRow {
  readonly facts: RepositoryFacts;
  readonly right: StoredRight;
  /** Jobs that wait for our answer to their environment's protection rule. */
  readonly waitingJobs: number;
  readonly environments: readonly WaitingEnvironment[];
}

/** What waits for one environment, as it was read last. */
export interface WaitingEnvironment {
  readonly environment: string;
  /** Commits that the next deploy would take along. */
  readonly commits: number;
  /** Required checks of the head that have not finished. */
  readonly runningChecks: number;
}

interface OverviewRow extends RepositoryRow {
  readonly right: StoredRight;
  readonly waitingJobs: number;
  readonly environments: readonly WaitingEnvironment[];
}

/** One query for all of them; those of which nothing may be done (gone, suspended) are left out. */
export async function listSeenRepositories(
  database: Queryable,
  idHash: Buffer,
): Promise<readonly SeenRepositoryRow[]> {
  const rows = await database.query<OverviewRow>(
    `select r.id, r.installation_id as "installationId", r.owner, r.name, r.default_branch as "defaultBranch",
            r.private, r.archived, r.gone, s.permission as "right",
            (select count(*)::integer from holdpoint.waiting_deployment w
              where w.repository_id = r.id and w.answer is null) as "waitingJobs",
            coalesce((select jsonb_agg(jsonb_build_object('environment', d.environment, 'commits', d.commits,
                                                          'runningChecks', d.running_checks))
                        from holdpoint.deploy_contents d where d.repository_id = r.id), '[]') as environments
       from ${SEEN_REPOSITORIES}`,
    [idHash],
  );
  return rows.map(({ right, waitingJobs, environments, ...row }) => ({
    facts: readRepositoryRow(row).facts,
    right,
    waitingJobs,
    environments,
  }));
}
