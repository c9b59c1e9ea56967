import { isSameEnvironment } from "../../domain/gate/stop.ts";
import type { ShownGates } from "../../snapshot/shown-gates.ts";
import { listTracks } from "../../store/check-track.ts";
import { findDeployContents } from "../../store/deploy-contents.ts";
import { findLiveSince } from "../../store/live-since.ts";
import { findPolicyTrouble } from "../../store/policy-problems.ts";
import { findRequest } from "../../store/request.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { Person, VisibleRepository } from "../person.ts";
import type { RepositoryView, Slice } from "./repository-view.ts";

export interface PageQuestion {
  readonly repository: VisibleRepository;
  readonly person: Person;
  /** As it was asked; null: the main one. */
  readonly environment: string | null;
  readonly requestId: number | null;
  readonly slice: Slice;
}

/**
 * Reads what is stored of one environment; nobody is asked. `archived`: nothing is done for the repository. `no-environment`: the
 * policy does not name it.
 */
export async function readRepositoryView(
  { database, clock, githubUrl }: Pick<CockpitDependencies, "database" | "clock" | "githubUrl">,
  shownGates: ShownGates,
  { repository, person, environment, requestId, slice }: PageQuestion,
): Promise<RepositoryView | "archived" | "no-environment"> {
  const now = clock.now();
  const { id } = repository.facts;
  const gates = (await shownGates.read([id], now)).get(id);
  if (gates === undefined) return "archived";
  const gate =
    environment === null
      ? gates.gates[0]
      : gates.gates.find((one) => isSameEnvironment(one.environment, environment));
  if (gate === undefined) return "no-environment";
  const [contents, trouble, tracks, asked] = await Promise.all([
    findDeployContents(database, id, gate.environment),
    findPolicyTrouble(database, id),
    listTracks(database, id),
    requestId === null ? null : findRequest(database, requestId),
  ]);
  const base = contents?.base ?? null;
  const liveSince =
    base === null
      ? null
      : await findLiveSince(database, id, {
          environment: gate.environment,
          sha: base.sameTreeAs ?? base.sha,
        });
  const isTheirs = asked !== null && asked.repositoryId === id && asked.by.id === person.id;
  return {
    repository,
    person,
    gates,
    gate,
    policy: gates.policy.policy,
    contents,
    trouble,
    liveSince,
    tracks,
    request: isTheirs ? asked : null,
    slice,
    githubUrl,
    now,
  };
}
