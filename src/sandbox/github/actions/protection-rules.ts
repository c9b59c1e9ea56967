import { z } from "zod";
import type { WorkflowRun } from "../model.ts";
import { hasRule, holdJob } from "../protection-rules.ts";
import { actorOf, expectRepository } from "../world.ts";
import { action } from "./action.ts";
import { DEFAULT_AUTHOR, resolveRef } from "./commits.ts";
import { addJob, addRun, emitRun, expectRun, finishJob, finishRun, nextAttempt } from "./workflow-runs.ts";

/** An administrator switches the App's rule on for an environment, or off again. */
export const protectEnvironment = action(
  z.strictObject({ repository: z.string(), environment: z.string(), enabled: z.boolean().default(true) }),
  (world, { repository: name, environment, enabled }) => {
    const repository = expectRepository(world, name);
    if (!repository.environments.has(environment)) {
      repository.environments.set(environment, world.nextId());
    }
    if (enabled) repository.protectionRules.set(environment.toLowerCase(), world.nextId());
    else repository.protectionRules.delete(environment.toLowerCase());
    return {};
  },
);

/**
 * A run whose one job deploys. Where the environment has the App's rule the job waits for it; then it ends as `ends` says.
 * With `run`, another attempt of that run.
 */
export const startDeployment = action(
  z.strictObject({
    repository: z.string(),
    environment: z.string(),
    /** A branch or a sha. */
    sha: z.string(),
    workflow: z.string().default("deploy.yml"),
    job: z.string().default("deploy"),
    event: z.string().default("push"),
    ends: z.enum(["success", "failure"]).nullable().default("success"),
    run: z.int().optional(),
    by: z.string().default(DEFAULT_AUTHOR),
  }),
  (world, { repository: name, environment, sha: ref, job, ends, by, ...wanted }) => {
    const repository = expectRepository(world, name);
    const actor = actorOf(world, by);
    const sha = resolveRef(repository, ref);
    const run =
      wanted.run === undefined
        ? addRun(world, repository, actor, { ...wanted, sha })
        : nextAttempt(world, repository, wanted.run);
    emitRun(world, repository, actor, run, "requested");
    run.status = "in_progress";
    const started = addJob(world, repository, actor, run, { name: job, conclusion: null, environment });
    if (hasRule(repository, environment)) {
      holdJob(world, repository, actor, run, { job: started, environment, ends });
      return { run: run.id, job: started.id };
    }
    finishJob(world, repository, actor, run, started, { name: job, conclusion: ends, environment });
    finishRun(world, repository, actor, run, null);
    return { run: run.id, job: started.id };
  },
);

/** What the page of the run shows of its newest deployment. */
export const readDeployment = action(
  z.strictObject({ repository: z.string(), run: z.int() }),
  (world, { repository: name, run: id }) => {
    const run: WorkflowRun = expectRun(expectRepository(world, name), id);
    const newest = run.gated.at(-1);
    return {
      status: newest?.job.status ?? run.status,
      conclusion: newest?.job.conclusion ?? null,
      reports: [...(newest?.reports ?? [])],
      answer: newest?.answer ?? null,
    };
  },
);
