import { z } from "zod";
import { addCheckRun, addSuite, updateCheckRun } from "../checks.ts";
import { addDeployment, addDeploymentStatus } from "../deployments.ts";
import { branchAt, newestRuns, suiteConclusion } from "../find-checks.ts";
import type { CheckRun, Repository, WorkflowRun } from "../model.ts";
import { renderJob, renderWorkflow, renderWorkflowRun } from "../render/workflow-run.ts";
import { type Actor, actorOf, expectRepository, type World } from "../world.ts";
import { action } from "./action.ts";
import { conclusion } from "./checks.ts";
import { DEFAULT_AUTHOR, resolveRef } from "./commits.ts";

const job = z.strictObject({
  name: z.string(),
  /** null: still in progress; "waiting": a protection rule keeps it. */
  conclusion: z
    .union([conclusion, z.literal("waiting")])
    .nullable()
    .default("success"),
  /** The environment that it deploys to. */
  environment: z.string().optional(),
});

/**
 * A run of a workflow with its jobs: each job is a check run, too. With `run`, another attempt of that run: the same number, the next
 * attempt, new jobs.
 */
export const finishWorkflowRun = action(
  z.strictObject({
    repository: z.string(),
    sha: z.string(),
    /** `.github/workflows/ci.yml`; without slashes the name of a file there. */
    workflow: z.string(),
    name: z.string().optional(),
    event: z.string().default("push"),
    branch: z.string().optional(),
    jobs: z.array(job).default([]),
    run: z.int().optional(),
    /** What no job says: a workflow file that could not be read. */
    conclusion: z.enum(["startup_failure"]).optional(),
    fork: z.string().optional(),
    by: z.string().default(DEFAULT_AUTHOR),
  }),
  (world, { repository: of, sha: ref, by, jobs, ...wanted }) => {
    const repository = expectRepository(world, of);
    const sha = resolveRef(repository, ref);
    const actor = actorOf(world, by);
    const run =
      wanted.run === undefined
        ? addRun(world, repository, actor, { ...wanted, sha })
        : nextAttempt(world, repository, wanted.run);
    emitRun(world, repository, actor, run, "requested");
    const started = jobs.map((one) => addJob(world, repository, actor, run, one));
    run.status = "in_progress";
    emitRun(world, repository, actor, run, "in_progress");
    for (const [index, one] of jobs.entries()) {
      const check = started[index];
      if (check !== undefined) finishJob(world, repository, actor, run, check, one);
    }
    finishRun(world, repository, actor, run, wanted.conclusion ?? null);
    return { run: run.id, attempt: run.attempt, jobs: started.map(({ id }) => id), suite: run.suite.id };
  },
);

/** A job that was in progress, or waiting, comes to its end; with the last of them the run does. */
export const finishJobOfRun = action(
  z.strictObject({
    repository: z.string(),
    run: z.int(),
    job: z.int(),
    conclusion,
    by: z.string().default(DEFAULT_AUTHOR),
  }),
  (world, { repository: of, run: id, job: jobId, conclusion: end, by }) => {
    const repository = expectRepository(world, of);
    const run = expectRun(repository, id);
    const check = run.suite.runs.find((one) => one.id === jobId);
    if (check === undefined) throw new Error(`the run ${id} has no job ${jobId}`);
    const actor = actorOf(world, by);
    finishJob(world, repository, actor, run, check, {
      name: check.name,
      conclusion: end,
      environment: check.job?.environment ?? undefined,
    });
    finishRun(world, repository, actor, run, null);
    return {};
  },
);

interface NewRun {
  readonly sha: string;
  readonly workflow: string;
  readonly name?: string | undefined;
  readonly event: string;
  readonly branch?: string | undefined;
  readonly fork?: string | undefined;
}

export function addRun(world: World, repository: Repository, actor: Actor, wanted: NewRun): WorkflowRun {
  const path = wanted.workflow.includes("/") ? wanted.workflow : `.github/workflows/${wanted.workflow}`;
  const branch = wanted.branch ?? branchAt(repository, wanted.sha);
  const others = [...repository.runs.values()].filter((run) => run.path === path);
  const now = world.now();
  const run: WorkflowRun = {
    id: world.nextId(),
    workflowId: others[0]?.workflowId ?? world.nextId(),
    name: wanted.name ?? path.split("/").at(-1) ?? path,
    path,
    number: others.length + 1,
    event: wanted.event,
    suite: addSuite(world, repository, world.actions, wanted.sha, branch),
    actor: actor.account,
    headRepository: wanted.fork === undefined ? repository : expectRepository(world, wanted.fork),
    attempt: 1,
    status: "queued",
    conclusion: null,
    createdAt: now,
    startedAt: now,
    updatedAt: now,
    gated: [],
  };
  repository.runs.set(run.id, run);
  return run;
}

export function nextAttempt(world: World, repository: Repository, id: number): WorkflowRun {
  const run = expectRun(repository, id);
  run.attempt += 1;
  run.status = "queued";
  run.conclusion = null;
  run.startedAt = world.now();
  run.updatedAt = world.now();
  return run;
}

export function expectRun(repository: Repository, id: number): WorkflowRun {
  const run = repository.runs.get(id);
  if (run === undefined) throw new Error(`${repository.name} has no workflow run ${id}`);
  return run;
}

type Job = z.output<typeof job>;

export function addJob(
  world: World,
  repository: Repository,
  actor: Actor,
  run: WorkflowRun,
  wanted: Job,
): CheckRun {
  const bot = { account: world.actions.bot, app: world.actions };
  const check = addCheckRun(world, repository, bot, run.suite, {
    name: wanted.name,
    status: "in_progress",
    job: { run, attempt: run.attempt, environment: wanted.environment ?? null },
  });
  emitJob(world, repository, actor, run, check, "queued");
  return check;
}

export function finishJob(
  world: World,
  repository: Repository,
  actor: Actor,
  run: WorkflowRun,
  check: CheckRun,
  wanted: Job,
): void {
  const bot = { account: world.actions.bot, app: world.actions };
  const environment = wanted.environment ?? null;
  check.pendingEnvironment = wanted.conclusion === "waiting" ? environment : null;
  if (wanted.conclusion === "waiting") {
    updateCheckRun(world, repository, bot, check, { status: "waiting" });
    emitJob(world, repository, actor, run, check, "waiting");
    return;
  }
  if (environment !== null && check.deployment === null) {
    check.deployment = addDeployment(world, repository, bot, {
      environment,
      sha: run.suite.sha,
      ref: run.suite.branch,
    });
  }
  if (wanted.conclusion === null) {
    emitJob(world, repository, actor, run, check, "in_progress");
    return;
  }
  updateCheckRun(world, repository, bot, check, { conclusion: wanted.conclusion });
  emitJob(world, repository, actor, run, check, "completed");
  if (check.deployment === null) return;
  const state = wanted.conclusion === "success" ? "success" : "failure";
  addDeploymentStatus(world, repository, bot, check.deployment, { state });
}

export function finishRun(
  world: World,
  repository: Repository,
  actor: Actor,
  run: WorkflowRun,
  failed: "startup_failure" | null,
): void {
  const end = failed ?? suiteConclusion(run.suite);
  if (end === null && newestRuns(run.suite.runs).length > 0) return;
  run.status = "completed";
  run.conclusion = end ?? "success";
  run.updatedAt = world.now();
  emitRun(world, repository, actor, run, "completed");
}

export function emitRun(
  world: World,
  repository: Repository,
  actor: Actor,
  run: WorkflowRun,
  event: string,
): void {
  world.emit({
    event: "workflow_run",
    action: event,
    payload: {
      action: event,
      workflow_run: renderWorkflowRun(world, repository, run),
      workflow: renderWorkflow(world, repository, run),
    },
    sender: actor.account,
    repository,
    installation: null,
  });
}

function emitJob(
  world: World,
  repository: Repository,
  actor: Actor,
  run: WorkflowRun,
  check: CheckRun,
  event: string,
): void {
  world.emit({
    event: "workflow_job",
    action: event,
    payload: { action: event, workflow_job: renderJob(world, repository, run, check) },
    sender: actor.account,
    repository,
    installation: null,
  });
}
