import type { CheckRun, WorkflowRun } from "../model.ts";
import { notFound } from "../refusal.ts";
import { renderJob, renderWorkflowRun } from "../render/workflow-run.ts";
import { ok, paged, type Reply, repositoryRoute, type RepositoryCall, type Route } from "./call.ts";

export const workflowRoutes: readonly Route[] = [
  repositoryRoute("actions", "GET", "/actions/runs", (call) => {
    const { world, repository, query } = call;
    const matching = [...repository.runs.values()].filter((run) => {
      const status = query.get("status");
      return (
        (query.get("head_sha") ?? run.suite.sha) === run.suite.sha &&
        (query.get("branch") ?? run.suite.branch) === run.suite.branch &&
        (query.get("event") ?? run.event) === run.event &&
        (query.get("check_suite_id") ?? String(run.suite.id)) === String(run.suite.id) &&
        (status === null || status === run.status || status === run.conclusion)
      );
    });
    const seen = call.lagging ? matching.slice(0, -1) : matching;
    return paged(
      call,
      seen.toReversed(),
      (run) => renderWorkflowRun(world, repository, run),
      (workflow_runs, total_count) => ({ total_count, workflow_runs }),
    );
  }),
  repositoryRoute("actions", "GET", "/actions/runs/:id", (call) =>
    ok(renderWorkflowRun(call.world, call.repository, find(call))),
  ),
  repositoryRoute("actions", "GET", "/actions/runs/:id/jobs", (call) => {
    const run = find(call);
    const isAll = call.query.get("filter") === "all";
    return listJobs(call, run, (attempt) => isAll || attempt === run.attempt);
  }),
  repositoryRoute("actions", "GET", "/actions/runs/:id/attempts/:attempt/jobs", (call) => {
    const attempt = call.number("attempt");
    return listJobs(call, find(call), (one) => one === attempt);
  }),
  repositoryRoute("actions", "GET", "/actions/jobs/:id", (call) => {
    for (const { runs } of call.repository.suites.values()) {
      const check = runs.find(({ id, job }) => id === call.number("id") && job !== null);
      if (check?.job) return ok(renderJob(call.world, call.repository, check.job.run, check));
    }
    throw notFound();
  }),
];

function find(call: RepositoryCall): WorkflowRun {
  const run = call.repository.runs.get(call.number("id"));
  if (run === undefined) throw notFound();
  return run;
}

function listJobs(call: RepositoryCall, run: WorkflowRun, isWanted: (attempt: number) => boolean): Reply {
  const jobs = run.suite.runs.filter((check: CheckRun) => check.job !== null && isWanted(check.job.attempt));
  return paged(
    call,
    jobs,
    (check) => renderJob(call.world, call.repository, run, check),
    (rendered, total_count) => ({ total_count, jobs: rendered }),
  );
}
