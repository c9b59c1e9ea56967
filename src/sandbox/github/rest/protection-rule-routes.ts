import { z } from "zod";
import type { GatedJob, Json } from "../model.ts";
import { answerRule, waitingJobs } from "../protection-rules.ts";
import { notFound } from "../refusal.ts";
import { repositoryPage, repositoryUrl } from "../render/repository.ts";
import { NO_CONTENT, ok, readBody, repositoryRoute, type RepositoryCall, type Route } from "./call.ts";

/** A report needs its comment, an answer its state. */
const answer = z
  .object({
    environment_name: z.string(),
    state: z.enum(["approved", "rejected"]).optional(),
    comment: z.string().optional(),
  })
  .refine(({ state, comment }) => state !== undefined || comment !== undefined, "state or comment is needed");

export const protectionRuleRoutes: readonly Route[] = [
  repositoryRoute("actions", "GET", "/actions/runs/:id/pending_deployments", (call) => {
    const names = new Map(findRun(call).map(({ environment }) => [environment.toLowerCase(), environment]));
    return ok([...names.values()].map((environment) => renderPending(call, environment)));
  }),
  repositoryRoute("deployments", "POST", "/actions/runs/:id/deployment_protection_rule", (call) => {
    const run = call.repository.runs.get(call.number("id"));
    if (run === undefined) throw notFound();
    const { environment_name: environment, state, comment } = readBody(call, answer);
    answerRule(call.world, call.repository, run, {
      environment,
      state: state ?? null,
      comment: comment ?? "",
    });
    return NO_CONTENT;
  }),
  repositoryRoute("actions", "GET", "/environments/:environment/deployment_protection_rules", (call) => {
    const { world, repository } = call;
    const id = repository.protectionRules.get(call.parameter("environment").toLowerCase());
    const app = {
      id: world.app.id,
      slug: world.app.slug,
      integration_url: `${world.apiUrl()}/apps/${world.app.slug}`,
      node_id: `A_${world.app.id}`,
    };
    const rules = id === undefined ? [] : [{ id, node_id: `GA_${id}`, enabled: true, app }];
    return ok({ total_count: rules.length, custom_deployment_protection_rules: rules });
  }),
];

function findRun(call: RepositoryCall): readonly GatedJob[] {
  const run = call.repository.runs.get(call.number("id"));
  if (run === undefined) throw notFound();
  return waitingJobs(run);
}

function renderPending({ world, repository }: RepositoryCall, environment: string): Json {
  const id = repository.environments.get(environment) ?? 0;
  const name = encodeURIComponent(environment);
  return {
    environment: {
      id,
      node_id: `EN_${id}`,
      name: environment,
      url: `${repositoryUrl(world, repository)}/environments/${name}`,
      html_url: `${repositoryPage(world, repository)}/deployments/activity_log?environments_filter=${name}`,
    },
    wait_timer: 0,
    wait_timer_started_at: null,
    current_user_can_approve: false,
    reviewers: [],
  };
}
