import { emitRun, finishJob, finishRun } from "./actions/workflow-runs.ts";
import { updateCheckRun } from "./checks.ts";
import { addDeployment, addDeploymentStatus } from "./deployments.ts";
import type { CheckRun, GatedJob, Repository, WorkflowRun } from "./model.ts";
import { Refusal } from "./refusal.ts";
import { renderDeployment } from "./render/deployment.ts";
import { repositoryUrl } from "./render/repository.ts";
import type { Actor, World } from "./world.ts";

/** https://docs.github.com/en/actions/reference/deployments-and-environments: ten reports, 1,024 characters each. */
const MOST_REPORTS = 10;
const MAX_COMMENT = 1_024;

export function hasRule(repository: Repository, environment: string): boolean {
  return repository.protectionRules.has(environment.toLowerCase());
}

/** The job waits, and the App is asked: once for each job. */
export function holdJob(
  world: World,
  repository: Repository,
  actor: Actor,
  run: WorkflowRun,
  { job, environment, ends }: Pick<GatedJob, "job" | "environment" | "ends">,
): void {
  const bot = { account: world.actions.bot, app: world.actions };
  const deployment = addDeployment(world, repository, bot, {
    environment,
    sha: run.suite.sha,
    ref: run.suite.branch,
  });
  job.deployment = deployment;
  run.gated.push({ environment, attempt: run.attempt, job, deployment, ends, reports: [], answer: null });
  finishJob(world, repository, actor, run, job, { name: job.name, conclusion: "waiting", environment });
  run.status = "waiting";
  world.emit({
    event: "deployment_protection_rule",
    action: "requested",
    payload: {
      action: "requested",
      environment,
      event: run.event,
      deployment_callback_url: callbackUrl(world, repository, run),
      deployment: renderDeployment(world, repository, deployment),
      pull_requests: [],
    },
    sender: actor.account,
    repository,
    installation: null,
  });
}

export function callbackUrl(world: World, repository: Repository, run: WorkflowRun): string {
  return `${repositoryUrl(world, repository)}/actions/runs/${run.id}/deployment_protection_rule`;
}

/** Jobs of the newest attempt that still wait. */
export function waitingJobs(run: WorkflowRun): readonly GatedJob[] {
  return run.gated.filter(
    ({ attempt, answer, job }) => attempt === run.attempt && answer === null && job.status === "waiting",
  );
}

export interface RuleAnswer {
  readonly environment: string;
  readonly state: "approved" | "rejected" | null;
  readonly comment: string;
}

/** What the App says to all jobs of the run that wait for the environment. */
export function answerRule(
  world: World,
  repository: Repository,
  run: WorkflowRun,
  { environment, state, comment }: RuleAnswer,
): void {
  const waiting = waitingJobs(run).filter(
    (one) => one.environment.toLowerCase() === environment.toLowerCase(),
  );
  if (waiting.length === 0) throw new Refusal(422, `No job of this run waits for ${environment}.`);
  if (comment.length > MAX_COMMENT)
    throw new Refusal(422, `comment is longer than ${MAX_COMMENT} characters`);
  for (const gated of waiting) {
    if (state === null) {
      if (gated.reports.length === MOST_REPORTS) {
        throw new Refusal(422, "There are too many status reports for this deployment.");
      }
      gated.reports.push(comment);
      continue;
    }
    gated.answer = { state, comment };
    goOn(world, repository, run, gated);
  }
}

function goOn(world: World, repository: Repository, run: WorkflowRun, gated: GatedJob): void {
  const { job, ends, deployment, environment, answer } = gated;
  const bot = { account: world.actions.bot, app: world.actions };
  const end = (conclusion: "success" | "failure"): void => {
    finishJob(world, repository, bot, run, job, { name: job.name, conclusion, environment });
  };
  if (answer?.state === "rejected") end("failure");
  else {
    beginJob(world, repository, bot, job);
    addDeploymentStatus(world, repository, bot, deployment, { state: "in_progress" });
    if (ends !== null) end(ends);
  }
  run.status = waitingJobs(run).length > 0 ? "waiting" : "in_progress";
  if (run.status === "in_progress") emitRun(world, repository, bot, run, "in_progress");
  finishRun(world, repository, bot, run, null);
}

function beginJob(world: World, repository: Repository, bot: Actor, job: CheckRun): void {
  job.pendingEnvironment = null;
  updateCheckRun(world, repository, bot, job, { status: "in_progress" });
}
