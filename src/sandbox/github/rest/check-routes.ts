import { z } from "zod";
import { addCheckRun, addSuite, type CheckRunFields, suiteOf, updateCheckRun } from "../checks.ts";
import { findRun, newestRuns, runsOn } from "../find-checks.ts";
import type { CheckRun } from "../model.ts";
import { notFound, Refusal } from "../refusal.ts";
import { renderCheckRun, renderCheckSuite } from "../render/check.ts";
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

const text = z.string();
const checkRunFields = z.object({
  name: text.optional(),
  status: z.enum(["queued", "in_progress", "completed", "waiting", "requested", "pending"]).optional(),
  // Apps cannot say `stale` or `startup_failure`.
  conclusion: z
    .enum(["action_required", "cancelled", "failure", "neutral", "success", "skipped", "timed_out"])
    .optional(),
  external_id: text.optional(),
  details_url: text.optional(),
  started_at: z.iso.datetime().optional(),
  completed_at: z.iso.datetime().optional(),
  output: z
    .object({
      title: text.optional(),
      summary: text.optional(),
      text: text.optional(),
      annotations: z.array(z.unknown()).optional(),
    })
    .optional(),
  actions: z.array(z.object({ label: text, description: text, identifier: text })).optional(),
});

const newCheckRun = checkRunFields.extend({ name: text, head_sha: text });

export const checkRoutes: readonly Route[] = [
  repositoryRoute("checks", "POST", "/check-runs", (call) => {
    const { world, repository, actor } = call;
    const wanted = readBody(call, newCheckRun);
    if (actor.app === null) throw new Refusal(403, "You must authenticate via a GitHub App.");
    if (repository.git.graph.get(wanted.head_sha) === null) {
      throw new Refusal(422, `No commit found for SHA: ${wanted.head_sha}`);
    }
    const suite = suiteOf(world, repository, actor.app, wanted.head_sha);
    const run = addCheckRun(world, repository, actor, suite, { ...fieldsOf(wanted), name: wanted.name });
    return created(renderCheckRun(world, repository, run));
  }),
  repositoryRoute("checks", "GET", "/check-runs/:id", (call) =>
    ok(renderCheckRun(call.world, call.repository, expectRun(call))),
  ),
  repositoryRoute("checks", "PATCH", "/check-runs/:id", (call) => {
    const { world, repository, actor } = call;
    const run = expectRun(call);
    if (run.suite.app !== actor.app) throw new Refusal(403, "Resource not accessible by integration");
    updateCheckRun(world, repository, actor, run, fieldsOf(readBody(call, checkRunFields)));
    return ok(renderCheckRun(world, repository, run));
  }),
  repositoryRoute("checks", "GET", "/commits/:ref/check-runs", (call) =>
    listRuns(call, runsOn(call.repository, shaAt(call))),
  ),
  repositoryRoute("checks", "GET", "/commits/:ref/check-suites", (call) => {
    const { world, repository } = call;
    const sha = shaAt(call);
    const suites = [...repository.suites.values()].filter((suite) => suite.sha === sha);
    return paged(
      call,
      suites.filter(
        ({ app }) => call.query.get("app_id") === null || call.query.get("app_id") === String(app.id),
      ),
      (suite) => renderCheckSuite(world, repository, suite),
      (check_suites, total_count) => ({ total_count, check_suites }),
    );
  }),
  repositoryRoute("checks", "GET", "/check-suites/:id", (call) => {
    const suite = call.repository.suites.get(call.number("id"));
    if (suite === undefined) throw notFound();
    return ok(renderCheckSuite(call.world, call.repository, suite));
  }),
  repositoryRoute("checks", "GET", "/check-suites/:id/check-runs", (call) => {
    const suite = call.repository.suites.get(call.number("id"));
    if (suite === undefined) throw notFound();
    return listRuns(call, suite.runs);
  }),
  repositoryRoute("checks", "POST", "/check-suites", (call) => {
    const { world, repository, actor } = call;
    const { head_sha: sha } = readBody(call, z.object({ head_sha: text }));
    if (actor.app === null || repository.git.graph.get(sha) === null) throw notFound();
    return created(renderCheckSuite(world, repository, addSuite(world, repository, actor.app, sha, null)));
  }),
];

function listRuns(call: RepositoryCall, runs: readonly CheckRun[]): Reply {
  const { world, repository, query } = call;
  const seen = call.lagging ? runs.slice(0, -1) : runs;
  const wanted = (query.get("filter") === "all" ? seen : newestRuns(seen)).filter(
    ({ name, status, suite }) =>
      (query.get("check_name") ?? name) === name &&
      (query.get("status") ?? status) === status &&
      (query.get("app_id") ?? String(suite.app.id)) === String(suite.app.id),
  );
  return paged(
    call,
    wanted.toSorted((one, other) => other.id - one.id),
    (run) => renderCheckRun(world, repository, run),
    (check_runs, total_count) => ({ total_count, check_runs }),
  );
}

function shaAt(call: RepositoryCall): string {
  const ref = call.parameter("ref").replace(/^(?:heads|tags)\//, "");
  const commit = commitAt(call, ref);
  if (commit === null) throw new Refusal(422, `No commit found for SHA: ${ref}`);
  return commit.sha;
}

function expectRun(call: RepositoryCall): CheckRun {
  const run = findRun(call.repository, call.number("id"));
  if (run === null) throw notFound();
  return run;
}

function fieldsOf(wanted: z.output<typeof checkRunFields>): CheckRunFields {
  const date = (value: string | undefined): Date | undefined =>
    value === undefined ? undefined : new Date(value);
  return {
    name: wanted.name,
    status: wanted.status,
    conclusion: wanted.conclusion,
    externalId: wanted.external_id,
    detailsUrl: wanted.details_url,
    startedAt: date(wanted.started_at),
    completedAt: date(wanted.completed_at),
    output: wanted.output,
    actions: wanted.actions,
  };
}
