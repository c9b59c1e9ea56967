import type { Deployment, DeploymentState, DeploymentStatus, Repository } from "./model.ts";
import { refuseLonger } from "./refusal.ts";
import { renderDeployment, renderDeploymentStatus } from "./render/deployment.ts";
import type { Actor, World } from "./world.ts";

const MAX_DESCRIPTION = 140;

export interface NewDeployment {
  readonly environment: string;
  readonly sha: string;
  readonly ref?: string | null | undefined;
  readonly task?: string | undefined;
  readonly description?: string | null | undefined;
  readonly production?: boolean | undefined;
  readonly transient?: boolean | undefined;
}

export function addDeployment(
  world: World,
  repository: Repository,
  actor: Actor,
  wanted: NewDeployment,
): Deployment {
  const deployment: Deployment = {
    id: world.nextId(),
    sha: wanted.sha,
    ref: wanted.ref ?? wanted.sha,
    environment: wanted.environment,
    task: wanted.task ?? "deploy",
    description: wanted.description ?? null,
    production: wanted.production ?? wanted.environment === "production",
    transient: wanted.transient ?? false,
    creator: actor.account,
    app: actor.app,
    createdAt: world.now(),
    statuses: [],
  };
  repository.deployments.set(deployment.id, deployment);
  if (!repository.environments.has(wanted.environment)) {
    repository.environments.set(wanted.environment, world.nextId());
  }
  world.emit({
    event: "deployment",
    action: "created",
    payload: { action: "created", deployment: renderDeployment(world, repository, deployment) },
    sender: actor.account,
    repository,
    installation: null,
  });
  return deployment;
}

export interface NewDeploymentStatus {
  readonly state: DeploymentState;
  readonly description?: string | undefined;
  /** Success marks older ones `inactive`, unless this is off; production is never marked. */
  readonly autoInactive?: boolean | undefined;
}

export function addDeploymentStatus(
  world: World,
  repository: Repository,
  actor: Actor,
  deployment: Deployment,
  wanted: NewDeploymentStatus,
): DeploymentStatus {
  refuseLonger(wanted.description, MAX_DESCRIPTION, "DeploymentStatus", "description");
  const status = put(world, repository, actor, deployment, wanted.state, wanted.description ?? "");
  if (wanted.state === "success" && wanted.autoInactive !== false) {
    for (const other of repository.deployments.values()) {
      const isOlder = other.id < deployment.id && other.environment === deployment.environment;
      const isLive = other.statuses.at(-1)?.state === "success";
      if (isOlder && isLive && !other.transient && !other.production) {
        put(world, repository, actor, other, "inactive", "");
      }
    }
  }
  return status;
}

function put(
  world: World,
  repository: Repository,
  actor: Actor,
  deployment: Deployment,
  state: DeploymentState,
  description: string,
): DeploymentStatus {
  const status = { id: world.nextId(), state, description, creator: actor.account, createdAt: world.now() };
  deployment.statuses.push(status);
  world.emit({
    event: "deployment_status",
    action: "created",
    payload: {
      action: "created",
      deployment_status: renderDeploymentStatus(world, repository, deployment, status),
      deployment: renderDeployment(world, repository, deployment),
      check_run: null,
      workflow: null,
      workflow_run: null,
    },
    sender: actor.account,
    repository,
    installation: null,
  });
  return status;
}
