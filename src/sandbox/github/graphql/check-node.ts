import { newestRuns, runsOn } from "../find-checks.ts";
import type { CheckRun, Json, Repository } from "../model.ts";
import { checkRunNodeId, checkRunPage } from "../render/check.ts";
import { renderTime } from "../render/time.ts";
import { type Connection, connectionOf, type Page } from "./connection.ts";
import type { GraphqlContext } from "./context.ts";
import { deploymentNode } from "./deployment-node.ts";

export function checkRunNode(context: GraphqlContext, repository: Repository, run: CheckRun): Json {
  const { deployment, pendingEnvironment } = run;
  return {
    __typename: "CheckRun",
    id: checkRunNodeId(run),
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    startedAt: renderTime(run.startedAt),
    completedAt: run.completedAt === null ? null : renderTime(run.completedAt),
    url: checkRunPage(context.world, repository, run),
    deployment: () => (deployment === null ? null : deploymentNode(context, repository, deployment)),
    pendingDeploymentRequest: () =>
      pendingEnvironment === null ? null : { environment: { name: pendingEnvironment } },
  };
}

/** The check runs of a commit as they are seen now: a lagging read lacks the newest. */
export function seenRuns(
  { lagging }: GraphqlContext,
  repository: Repository,
  sha: string,
): readonly CheckRun[] {
  const runs = runsOn(repository, sha).toSorted((one, other) => one.id - other.id);
  return lagging ? runs.slice(0, -1) : runs;
}

export interface CheckRunsPage extends Page {
  readonly filterBy?: { readonly checkType?: "ALL" | "LATEST" | null } | null;
}

export function checkRunConnection(
  context: GraphqlContext,
  repository: Repository,
  runs: readonly CheckRun[],
  wanted: CheckRunsPage,
): Connection {
  const all = wanted.filterBy?.checkType === "ALL";
  return connectionOf(all ? runs : newestRuns(runs), wanted, (run) => checkRunNode(context, repository, run));
}
