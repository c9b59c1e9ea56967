import type {
  App,
  CheckRun,
  CheckRunAction,
  CheckSuite,
  Conclusion,
  Json,
  Repository,
  RunStatus,
} from "./model.ts";
import { invalid, Refusal, refuseLonger } from "./refusal.ts";
import { renderCheckRunOfEvent, renderCheckSuite } from "./render/check.ts";
import { branchAt, suiteConclusion } from "./find-checks.ts";
import type { Actor, World } from "./world.ts";

const MAX_TEXT = 65_535;
const MAX_ACTIONS = 3;
const MAX_ANNOTATIONS = 50;
const ACTION_LIMITS = { label: 20, identifier: 20, description: 40 } as const;

export interface CheckRunFields {
  readonly name?: string | undefined;
  readonly status?: RunStatus | undefined;
  readonly conclusion?: Conclusion | undefined;
  readonly externalId?: string | undefined;
  readonly detailsUrl?: string | undefined;
  readonly startedAt?: Date | undefined;
  readonly completedAt?: Date | undefined;
  readonly actions?: readonly CheckRunAction[] | undefined;
  readonly output?: CheckRunOutput | undefined;
}

export interface NewCheckRun extends CheckRunFields {
  readonly name: string;
  readonly job?: CheckRun["job"];
}

export interface CheckRunOutput {
  readonly title?: string | undefined;
  readonly summary?: string | undefined;
  readonly text?: string | undefined;
  readonly annotations?: readonly unknown[] | undefined;
}

/** The suite of an App on a commit; there is one, except that Actions makes one for each workflow run. */
export function suiteOf(world: World, repository: Repository, app: App, sha: string): CheckSuite {
  const existing = [...repository.suites.values()].find((suite) => suite.sha === sha && suite.app === app);
  return existing ?? addSuite(world, repository, app, sha, branchAt(repository, sha));
}

export function addSuite(
  world: World,
  repository: Repository,
  app: App,
  sha: string,
  branch: string | null,
): CheckSuite {
  const now = world.now();
  const before = repository.git.graph.get(sha)?.parents[0] ?? null;
  const suite: CheckSuite = {
    id: world.nextId(),
    sha,
    branch,
    before,
    app,
    createdAt: now,
    updatedAt: now,
    runs: [],
  };
  repository.suites.set(suite.id, suite);
  return suite;
}

export function addCheckRun(
  world: World,
  repository: Repository,
  actor: Actor,
  suite: CheckSuite,
  fields: NewCheckRun,
): CheckRun {
  checkLimits(fields);
  const run: CheckRun = {
    id: world.nextId(),
    suite,
    name: fields.name,
    status: "queued",
    conclusion: null,
    externalId: "",
    detailsUrl: null,
    startedAt: world.now(),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: 0,
    actions: [],
    job: fields.job ?? null,
    deployment: null,
    pendingEnvironment: null,
  };
  suite.runs.push(run);
  change(world, run, fields);
  emitCheckRun(world, repository, actor, run, "created");
  if (run.status === "completed") emitCompleted(world, repository, actor, run);
  return run;
}

export function updateCheckRun(
  world: World,
  repository: Repository,
  actor: Actor,
  run: CheckRun,
  fields: CheckRunFields,
): void {
  checkLimits(fields);
  const was = run.status;
  change(world, run, fields);
  if (run.status === "completed" && was !== "completed") emitCompleted(world, repository, actor, run);
}

/** Setting a conclusion completes the run, whatever status comes with it. */
function change(world: World, run: CheckRun, fields: CheckRunFields): void {
  const { output } = fields;
  run.name = fields.name ?? run.name;
  run.externalId = fields.externalId ?? run.externalId;
  run.detailsUrl = fields.detailsUrl ?? run.detailsUrl;
  run.startedAt = fields.startedAt ?? run.startedAt;
  run.actions = fields.actions ?? run.actions;
  run.title = output?.title ?? run.title;
  run.summary = output?.summary ?? run.summary;
  run.text = output?.text ?? run.text;
  run.annotations += output?.annotations?.length ?? 0;
  if (fields.conclusion !== undefined) {
    run.status = "completed";
    run.conclusion = fields.conclusion;
    run.completedAt = fields.completedAt ?? world.now();
  } else if (fields.status !== undefined) {
    if (fields.status === "completed") throw invalid("CheckRun", "conclusion", "conclusion is required");
    run.status = fields.status;
    run.conclusion = null;
    run.completedAt = null;
  }
  run.suite.updatedAt = world.now();
}

function checkLimits({ actions = [], output }: CheckRunFields): void {
  refuseLonger(output?.summary, MAX_TEXT, "CheckRun", "summary");
  refuseLonger(output?.text, MAX_TEXT, "CheckRun", "text");
  if (output !== undefined && (output.title === undefined || output.summary === undefined)) {
    throw new Refusal(422, "Invalid request.\n\nFor 'properties/output', title and summary are required.");
  }
  if ((output?.annotations ?? []).length > MAX_ANNOTATIONS) {
    throw invalid("CheckRun", "annotations", `annotations may be at most ${MAX_ANNOTATIONS}`);
  }
  if (actions.length > MAX_ACTIONS) {
    throw invalid("CheckRun", "actions", `actions may be at most ${MAX_ACTIONS}`);
  }
  for (const action of actions) {
    refuseLonger(action.label, ACTION_LIMITS.label, "CheckRun", "label");
    refuseLonger(action.identifier, ACTION_LIMITS.identifier, "CheckRun", "identifier");
    refuseLonger(action.description, ACTION_LIMITS.description, "CheckRun", "description");
  }
}

export function emitCheckRun(
  world: World,
  repository: Repository,
  actor: Actor,
  run: CheckRun,
  action: string,
  extra: Json = {},
  only?: App,
): void {
  world.emit({
    event: "check_run",
    action,
    payload: { action, check_run: renderCheckRunOfEvent(world, repository, run), ...extra },
    sender: actor.account,
    repository,
    installation: null,
    ...(only === undefined ? {} : { only }),
  });
}

function emitCompleted(world: World, repository: Repository, actor: Actor, run: CheckRun): void {
  emitCheckRun(world, repository, actor, run, "completed");
  if (suiteConclusion(run.suite) === null) return;
  world.emit({
    event: "check_suite",
    action: "completed",
    payload: { action: "completed", check_suite: renderCheckSuite(world, repository, run.suite) },
    sender: actor.account,
    repository,
    installation: null,
  });
}
