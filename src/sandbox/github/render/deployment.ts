import type { Deployment, DeploymentStatus, Json, Repository } from "../model.ts";
import type { World } from "../world.ts";
import { renderAccount, renderApp } from "./account.ts";
import { repositoryUrl } from "./repository.ts";
import { renderTime } from "./time.ts";

/** The REST schema `deployment`. */
export function renderDeployment(world: World, repository: Repository, deployment: Deployment): Json {
  const url = `${repositoryUrl(world, repository)}/deployments/${deployment.id}`;
  const newest = deployment.statuses.at(-1);
  return {
    url,
    id: deployment.id,
    node_id: `DE_${deployment.id}`,
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: {},
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: renderAccount(world, deployment.creator),
    created_at: renderTime(deployment.createdAt),
    updated_at: renderTime(newest?.createdAt ?? deployment.createdAt),
    statuses_url: `${url}/statuses`,
    repository_url: repositoryUrl(world, repository),
    transient_environment: deployment.transient,
    production_environment: deployment.production,
    performed_via_github_app: deployment.app === null ? null : renderApp(world, deployment.app),
  };
}

/** The REST schema `deployment-status`. */
export function renderDeploymentStatus(
  world: World,
  repository: Repository,
  deployment: Deployment,
  status: DeploymentStatus,
): Json {
  const url = `${repositoryUrl(world, repository)}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: `DES_${status.id}`,
    state: status.state,
    creator: renderAccount(world, status.creator),
    description: status.description,
    environment: deployment.environment,
    target_url: "",
    created_at: renderTime(status.createdAt),
    updated_at: renderTime(status.createdAt),
    deployment_url: url,
    repository_url: repositoryUrl(world, repository),
    environment_url: "",
    log_url: "",
    performed_via_github_app: deployment.app === null ? null : renderApp(world, deployment.app),
  };
}
