import { z } from "zod";
import { addDeployment, addDeploymentStatus } from "../deployments.ts";
import type { Deployment, Json } from "../model.ts";
import { notFound, Refusal } from "../refusal.ts";
import { renderDeployment, renderDeploymentStatus } from "../render/deployment.ts";
import { repositoryPage, repositoryUrl } from "../render/repository.ts";
import { combinedState } from "../render/status.ts";
import { renderTime } from "../render/time.ts";
import { newestStatuses } from "../statuses.ts";
import {
  created,
  ok,
  paged,
  readBody,
  type Reply,
  repositoryRoute,
  type RepositoryCall,
  type Route,
} from "./call.ts";
import { commitAt } from "./repository-routes.ts";

const newDeployment = z.object({
  ref: z.string(),
  task: z.string().default("deploy"),
  auto_merge: z.boolean().default(true),
  /** Every context, where left out. */
  required_contexts: z.array(z.string()).optional(),
  environment: z.string().default("production"),
  description: z.string().nullish(),
  transient_environment: z.boolean().default(false),
  production_environment: z.boolean().optional(),
});
const newStatus = z.object({
  state: z.enum(["error", "failure", "inactive", "in_progress", "queued", "pending", "success"]),
  description: z.string().default(""),
  auto_inactive: z.boolean().default(true),
});

export const deploymentRoutes: readonly Route[] = [
  repositoryRoute("deployments", "GET", "/deployments", (call) => {
    const { world, repository, query } = call;
    const matching = [...repository.deployments.values()].filter((one) =>
      (["sha", "ref", "task", "environment"] as const).every(
        (name) => (query.get(name) ?? one[name]) === one[name],
      ),
    );
    const seen = call.lagging ? matching.slice(0, -1) : matching;
    return paged(call, seen.toReversed(), (one) => renderDeployment(world, repository, one));
  }),
  repositoryRoute("deployments", "POST", "/deployments", createDeployment),
  repositoryRoute("actions", "GET", "/environments", (call) =>
    paged(
      call,
      [...call.repository.environments],
      ([name, id]) => renderEnvironment(call, name, id),
      (environments, total_count) => ({ total_count, environments }),
    ),
  ),
  repositoryRoute("deployments", "GET", "/deployments/:id", (call) =>
    ok(renderDeployment(call.world, call.repository, find(call))),
  ),
  repositoryRoute("deployments", "GET", "/deployments/:id/statuses", (call) => {
    const { world, repository } = call;
    const deployment = find(call);
    return paged(call, deployment.statuses.toReversed(), (status) =>
      renderDeploymentStatus(world, repository, deployment, status),
    );
  }),
  repositoryRoute("deployments", "POST", "/deployments/:id/statuses", (call) => {
    const { world, repository, actor } = call;
    const deployment = find(call);
    const { auto_inactive: autoInactive, ...wanted } = readBody(call, newStatus);
    const status = addDeploymentStatus(world, repository, actor, deployment, { ...wanted, autoInactive });
    return created(renderDeploymentStatus(world, repository, deployment, status));
  }),
];

function find(call: RepositoryCall): Deployment {
  const deployment = call.repository.deployments.get(call.number("id"));
  if (deployment === undefined) throw notFound();
  return deployment;
}

function createDeployment(call: RepositoryCall): Reply {
  const { world, repository, actor } = call;
  const wanted = readBody(call, newDeployment);
  const commit = commitAt(call, wanted.ref);
  if (commit === null) throw new Refusal(422, `No ref found for: ${wanted.ref}`);
  const newest = newestStatuses(repository.statuses.get(commit.sha) ?? []);
  const required =
    wanted.required_contexts === undefined
      ? newest
      : newest.filter(({ context }) => wanted.required_contexts?.includes(context) === true);
  const areGreen = required.length === 0 || combinedState(required) === "success";
  if (!areGreen || required.length < (wanted.required_contexts ?? []).length) {
    throw new Refusal(409, "Conflict: Commit status checks failed.");
  }
  const deployment = addDeployment(world, repository, actor, {
    environment: wanted.environment,
    sha: commit.sha,
    ref: wanted.ref,
    task: wanted.task,
    description: wanted.description ?? null,
    production: wanted.production_environment,
    transient: wanted.transient_environment,
  });
  return created(renderDeployment(world, repository, deployment));
}

/** The REST schema `environment`, without protection rules. */
function renderEnvironment({ world, repository }: RepositoryCall, name: string, id: number): Json {
  const encoded = encodeURIComponent(name);
  const at = renderTime(world.now());
  return {
    id,
    node_id: `EN_${id}`,
    name,
    url: `${repositoryUrl(world, repository)}/environments/${encoded}`,
    html_url: `${repositoryPage(world, repository)}/deployments/activity_log?environments_filter=${encoded}`,
    created_at: at,
    updated_at: at,
    protection_rules: [],
    deployment_branch_policy: null,
  };
}
