import type { Deployment, Json, Repository } from "../model.ts";
import { renderTime } from "../render/time.ts";
import { accountNode } from "./account-node.ts";
import { connectionOf, type Page } from "./connection.ts";
import type { GraphqlContext } from "./context.ts";
import { objectNode } from "./object-node.ts";

export function deploymentNode(
  context: GraphqlContext,
  repository: Repository,
  deployment: Deployment,
): Json {
  const newest = deployment.statuses.at(-1);
  return {
    __typename: "Deployment",
    id: `DE_${deployment.id}`,
    databaseId: deployment.id,
    commitOid: deployment.sha,
    commit: () => objectNode(context, repository, deployment.sha),
    environment: deployment.environment,
    state:
      newest === undefined ? "PENDING" : newest.state === "success" ? "ACTIVE" : newest.state.toUpperCase(),
    createdAt: renderTime(deployment.createdAt),
    creator: () => accountNode(context.world, deployment.creator),
    latestStatus: () => (newest === undefined ? null : statusNode(newest)),
    // Newest first, as GitHub gives them.
    statuses: (wanted: Page) => connectionOf(deployment.statuses.toReversed(), wanted, statusNode),
  };
}

function statusNode(status: Deployment["statuses"][number]): Json {
  return {
    __typename: "DeploymentStatus",
    id: `DES_${status.id}`,
    state: status.state.toUpperCase(),
    description: status.description,
    createdAt: renderTime(status.createdAt),
  };
}
