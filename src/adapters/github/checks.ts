import type { Clock } from "../../clock.ts";
import type { CommitSha } from "../../domain/model.ts";
import type { CheckResult } from "../../domain/snapshot.ts";
import * as wording from "../../domain/wording/github.ts";
import type { ReadsChecks, RepositoryRef } from "../../ports/repository.ts";
import { readCounted } from "./counted-pages.ts";
import { readGovernedRuns } from "./governed-runs.ts";
import { fields, optionalText, text } from "./json.ts";
import {
  type CheckRun,
  holdsUpItsDependants,
  isOfActions,
  parseCheckRun,
  stateOfCheckRun,
} from "./parse-check-run.ts";
import type { RepositoryCalls } from "./repository-calls.ts";
import { readWorkflowFiles } from "./workflow-files.ts";
import { mayBeSkippedAfterFailure, type WorkflowJob } from "./workflow-jobs.ts";
import { readWorkflowRuns, type WorkflowRun } from "./workflow-runs.ts";

const OUR_CONTEXTS = "holdpoint/";

export interface CheckReadsOptions {
  readonly calls: RepositoryCalls;
  readonly apiUrl: string;
  readonly clock: Clock;
  /** Whose check runs are ours and say nothing new; null when we are nobody's App. */
  readonly appId: number | null;
  readonly parseYaml: (text: string) => unknown;
}

export function createCheckReads(options: CheckReadsOptions): ReadsChecks {
  const { calls, apiUrl } = options;
  return {
    readChecks: async (repository, sha, governedEnvironments) => {
      const [runs, statuses] = await Promise.all([
        readCounted(calls, repository, apiUrl, {
          route: "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
          parameters: { ref: sha, filter: "latest" },
          doing: `reading the check runs of ${sha.slice(0, 7)}`,
          list: "check_runs",
        }),
        readCounted(calls, repository, apiUrl, {
          route: "GET /repos/{owner}/{repo}/commits/{ref}/status",
          parameters: { ref: sha },
          doing: `reading the statuses of ${sha.slice(0, 7)}`,
          list: "statuses",
        }),
      ]);
      if (runs.status !== 200 || statuses.status !== 200) {
        return { state: "missing", detail: wording.githubObjectGone(`Commit ${sha}`) };
      }
      const checkRuns = runs.items
        .map(parseCheckRun)
        .filter(({ app }) => app === null || app.id !== options.appId)
        .toSorted((one, other) => one.id - other.id);
      const results = await judgeRuns(options, repository, sha, checkRuns, governedEnvironments);
      return { state: "known", value: newest([...statuses.items.flatMap(statusResult), ...results]) };
    },
  };
}

/** A status as a result; ours are left out. */
function statusResult(item: unknown): readonly CheckResult[] {
  const from = fields(item, "status");
  const name = text(from, "context");
  if (name.toLowerCase().startsWith(OUR_CONTEXTS)) return [];
  const said = text(from, "state");
  const state = said === "success" ? "success" : said === "pending" ? "running" : "failure";
  return [
    { name, source: { kind: "status" }, state, said, url: optionalText(from, "target_url"), governed: false },
  ];
}

async function judgeRuns(
  { calls, apiUrl, clock, parseYaml }: CheckReadsOptions,
  repository: RepositoryRef,
  sha: CommitSha,
  checkRuns: readonly CheckRun[],
  governedEnvironments: readonly string[],
): Promise<readonly CheckResult[]> {
  const ofActions = checkRuns.filter(isOfActions);
  const now = clock.now();
  if (ofActions.length === 0) {
    return checkRuns.map((run) => result(run, appSource(run), stateOfCheckRun(run, now), false));
  }
  const workflowRuns = await readWorkflowRuns(calls, repository, sha, apiUrl);
  const runOf = (run: CheckRun): WorkflowRun | undefined => workflowRuns.get(run.suiteId ?? -1);
  const doubtful = doubtfulRuns(ofActions, runOf);
  const paths = [...new Set(doubtful.map(({ path }) => path))];
  const [governed, files] = await Promise.all([
    readGovernedRuns(calls, repository, ofActions, governedEnvironments),
    readWorkflowFiles(calls, repository, sha, paths, parseYaml),
  ]);

  return checkRuns.flatMap((run) => {
    const state = stateOfCheckRun(run, now);
    if (!isOfActions(run)) return [result(run, appSource(run), state, false)];
    const workflowRun = runOf(run);
    if (workflowRun === undefined) {
      // Nobody knows which workflow it belongs to, nor what for: its failure counts, its success does not.
      return [result(run, appSource(run), state === "success" ? "no-evidence" : state, false)];
    }
    if (!workflowRun.isEvidence) return [];
    const source = {
      kind: "workflow",
      workflow: workflowRun.path,
      runId: workflowRun.id,
      attempt: workflowRun.attempt,
    } as const;
    const siblings = ofActions.filter((other) => other.suiteId === run.suiteId);
    const judged = run.said === "skipped" ? judgeSkipped(run, siblings, files.get(workflowRun.path)) : state;
    return [result(run, source, judged, governed.has(run.id))];
  });
}

/** Workflow runs with a job that was skipped beside one that did not go well: only their files are worth reading. */
function doubtfulRuns(
  runs: readonly CheckRun[],
  runOf: (run: CheckRun) => WorkflowRun | undefined,
): readonly WorkflowRun[] {
  const failedSuites = new Set(runs.filter(holdsUpItsDependants).map(({ suiteId }) => suiteId));
  return runs
    .filter(({ said, suiteId }) => said === "skipped" && failedSuites.has(suiteId))
    .flatMap((run) => runOf(run) ?? []);
}

function judgeSkipped(
  run: CheckRun,
  siblings: readonly CheckRun[],
  jobs: readonly WorkflowJob[] | undefined,
): CheckResult["state"] {
  const failed = siblings.filter(holdsUpItsDependants).map(({ name }) => name);
  if (failed.length === 0) return "skipped";
  return mayBeSkippedAfterFailure(run.name, failed, jobs ?? []) ? "skipped-after-failure" : "skipped";
}

function appSource({ app }: CheckRun): CheckResult["source"] {
  return { kind: "app", app: app?.slug ?? "", appId: app?.id ?? 0 };
}

function result(
  { name, said, url }: CheckRun,
  source: CheckResult["source"],
  state: CheckResult["state"],
  governed: boolean,
): CheckResult {
  return { name, source, state, said, url, governed };
}

/** The newest of each name and source, in the order of age; runs by their number and attempt. */
function newest(results: readonly CheckResult[]): readonly CheckResult[] {
  const byIdentity = new Map<string, CheckResult>();
  for (const one of results) {
    const identity = JSON.stringify([one.source.kind, placeOf(one.source), one.name]);
    const other = byIdentity.get(identity);
    if (other !== undefined && isOlder(one.source, other.source)) continue;
    byIdentity.delete(identity);
    byIdentity.set(identity, one);
  }
  return [...byIdentity.values()];
}

function placeOf(source: CheckResult["source"]): string | number {
  switch (source.kind) {
    case "workflow":
      return source.workflow;
    case "app":
      return source.appId;
    case "status":
      return "";
  }
}

function isOlder(one: CheckResult["source"], other: CheckResult["source"]): boolean {
  if (one.kind !== "workflow" || other.kind !== "workflow") return false;
  return one.runId === other.runId ? one.attempt < other.attempt : one.runId < other.runId;
}
