import type { CheckRun, Json, Repository } from "../model.ts";
import type { GraphqlContext } from "./context.ts";
import { checkRunNodeId } from "../render/check.ts";
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
    deployment: () => (deployment === null ? null : deploymentNode(context, repository, deployment)),
    pendingDeploymentRequest: () =>
      pendingEnvironment === null ? null : { environment: { name: pendingEnvironment } },
  };
}
