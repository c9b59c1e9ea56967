import type { RepositoryRef } from "../../ports/repository.ts";
import { integer, isFields, list } from "./json.ts";
import type { CheckRun } from "./parse-check-run.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

const RUNS_A_QUERY = 100;

/** A job with `environment:` has a deployment once it runs, and a pending request while a protection rule keeps it. */
export const GOVERNED_RUNS_QUERY = `query GovernedRuns($owner: String!, $name: String!, $ids: [ID!]!) {
  repository(owner: $owner, name: $name, followRenames: false) { databaseId }
  nodes(ids: $ids) {
    ... on CheckRun {
      databaseId
      deployment { environment }
      pendingDeploymentRequest { environment { name } }
    }
  }
}`;

/** The numbers of the check runs whose job deploys to one of the environments. */
export async function readGovernedRuns(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  runs: readonly CheckRun[],
  environments: readonly string[],
): Promise<ReadonlySet<number>> {
  const governed = new Set<number>();
  const wanted = new Set(environments.map((name) => name.toLowerCase()));
  if (wanted.size === 0) return governed;
  for (let start = 0; start < runs.length; start += RUNS_A_QUERY) {
    const ids = runs.slice(start, start + RUNS_A_QUERY).map(({ nodeId }) => nodeId);
    const answer = await calls.graphql(repository, {
      query: GOVERNED_RUNS_QUERY,
      variables: { ids },
      doing: "reading which jobs deploy",
    });
    for (const node of list(answer.data["nodes"], "nodes")) {
      if (isFields(node) && environmentsOf(node).some((name) => wanted.has(name.toLowerCase()))) {
        governed.add(integer(node, "databaseId"));
      }
    }
  }
  return governed;
}

function environmentsOf(node: Readonly<Record<string, unknown>>): readonly string[] {
  const { deployment, pendingDeploymentRequest: request } = node;
  const pending = isFields(request) ? request["environment"] : null;
  const names = [
    isFields(deployment) ? deployment["environment"] : null,
    isFields(pending) ? pending["name"] : null,
  ];
  return names.filter((name) => typeof name === "string");
}
