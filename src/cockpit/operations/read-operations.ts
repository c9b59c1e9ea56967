import type { RepositoryId } from "../../domain/model.ts";
import { findMissing, isComplete, type Missing } from "../../domain/permissions/find-missing.ts";
import type { LimitLeft } from "../../ports/installations.ts";
import type { JobCounts } from "../../queue/counts.ts";
import { type InstallationHealth, listInstallationHealth } from "../../store/installation-health.ts";
import { listParkedOf, type ParkedJobOfRepository } from "../../store/parked-job.ts";
import { listRepositoryHealth, type RepositoryHealth } from "../../store/repository-health.ts";
import {
  countDeliveries,
  type DeliveryCounts,
  listTroubledDeliveries,
  type TroubledDelivery,
} from "../../store/troubled-delivery.ts";
import { listTroubledEffects, type TroubledEffect } from "../../store/troubled-effect.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { Person } from "../person.ts";

/** What Holdpoint's own work looks like to one person, at a moment. */
export interface Operations {
  readonly at: Date;
  readonly repositories: ReadonlyMap<RepositoryId, SeenHealth>;
  readonly installations: readonly InstallationState[];
  readonly effects: readonly TroubledEffect[];
  readonly parked: readonly ParkedJobOfRepository[];
  readonly deliveries: {
    readonly counts: DeliveryCounts;
    readonly troubled: readonly (TroubledDelivery & { readonly of: SeenHealth })[];
  };
  readonly jobs: JobCounts;
}

export interface SeenHealth extends RepositoryHealth {
  /** It should have been compared with GitHub again by now. */
  readonly late: boolean;
}

export interface InstallationState extends InstallationHealth {
  /** null: nothing is missing, or GitHub has not said yet. */
  readonly missing: Missing | null;
  readonly limits: readonly LimitLeft[];
}

const DAY = 86_400_000;
/** Each is compared every few minutes; this is several times that. */
const LATE = 15 * 60_000;
const SHOWN = 50;

/**
 * What happens in a repository is shown to those who see it, and to nobody else: lists are asked for by their repositories, and a
 * delivery is theirs by what its body is about. Of the whole instance there are numbers alone: how much came in and how much
 * waits, because whoever's answer is late wants to know whether everybody's is; they name nobody.
 */
export async function readOperations(
  { database, queue, github, clock }: Pick<CockpitDependencies, "database" | "queue" | "github" | "clock">,
  person: Person,
): Promise<Operations> {
  const at = clock.now();
  const seen = await listRepositoryHealth(database, person.sessionHash);
  const ids = seen.map(({ repository }) => repository.id);
  const installationIds = [...new Set(seen.map(({ repository }) => repository.installationId))];
  const since = new Date(at.getTime() - DAY);
  const [installations, effects, parked, counts, troubled, jobs] = await Promise.all([
    listInstallationHealth(database, installationIds, at),
    listTroubledEffects(database, ids, at, SHOWN),
    listParkedOf(database, ids, SHOWN),
    countDeliveries(database, since),
    listTroubledDeliveries(database, since, SHOWN),
    queue.counts(),
  ]);
  const repositories = new Map(seen.map((one) => [one.repository.id, { ...one, late: isLate(one, at) }]));
  const limits = github.limitsLeft();
  return {
    at,
    repositories,
    installations: installations.map((one) => ({
      ...one,
      missing: missingOf(one),
      limits: limits.filter(({ installationId }) => installationId === one.id),
    })),
    effects,
    parked,
    deliveries: {
      counts,
      troubled: troubled.flatMap((delivery) => {
        const of = [...repositories.values()].find(
          ({ repository }) => repository.id === delivery.repositoryId,
        );
        return of === undefined ? [] : [{ ...delivery, of }];
      }),
    },
    jobs,
  };
}

function isLate({ repository, reconciledAt }: RepositoryHealth, at: Date): boolean {
  if (repository.archived) return false;
  return reconciledAt === null || at.getTime() - reconciledAt.getTime() > LATE;
}

function missingOf({ granted }: InstallationHealth): Missing | null {
  const missing = granted === null ? null : findMissing(granted);
  return missing === null || isComplete(missing) ? null : missing;
}
