import { suiteConclusion } from "../find-checks.ts";
import type { CheckRun, CheckSuite, Json, Repository } from "../model.ts";
import type { World } from "../world.ts";
import { renderApp } from "./account.ts";
import { renderSimpleCommit } from "./commit.ts";
import { isPullRequest, renderPullRequestMinimal } from "./pull-request.ts";
import { renderMinimalRepository, repositoryPage, repositoryUrl } from "./repository.ts";
import { renderTime } from "./time.ts";

/** The REST schema `check-run`. */
export function renderCheckRun(world: World, repository: Repository, run: CheckRun): Json {
  const url = `${repositoryUrl(world, repository)}/check-runs/${run.id}`;
  const page = checkRunPage(world, repository, run);
  return {
    id: run.id,
    name: run.name,
    node_id: checkRunNodeId(run),
    head_sha: run.suite.sha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: renderTime(run.startedAt),
    completed_at: run.completedAt === null ? null : renderTime(run.completedAt),
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: renderApp(world, run.suite.app),
    pull_requests: pullRequestsAt(world, repository, run.suite.sha),
  };
}

/** Where people see it. */
export function checkRunPage(world: World, repository: Repository, run: CheckRun): string {
  const page = repositoryPage(world, repository);
  return run.job === null ? `${page}/runs/${run.id}` : `${page}/actions/runs/${run.job.run.id}/job/${run.id}`;
}

export function checkRunNodeId(run: CheckRun): string {
  return `CR_${run.id}`;
}

/** As `check_run` webhooks have it: with the whole suite and the actions' count. */
export function renderCheckRunOfEvent(world: World, repository: Repository, run: CheckRun): Json {
  const { app: _app, ...suite } = renderCheckSuite(world, repository, run.suite);
  return {
    ...renderCheckRun(world, repository, run),
    check_suite: { ...suite, app: renderApp(world, run.suite.app) },
  };
}

/** The REST schema `check-suite`. */
export function renderCheckSuite(world: World, repository: Repository, suite: CheckSuite): Json {
  const url = `${repositoryUrl(world, repository)}/check-suites/${suite.id}`;
  const conclusion = suiteConclusion(suite);
  const head = repository.git.graph.get(suite.sha);
  return {
    id: suite.id,
    node_id: `CS_${suite.id}`,
    head_branch: suite.branch,
    head_sha: suite.sha,
    status: conclusion !== null ? "completed" : suite.runs.length === 0 ? "queued" : "in_progress",
    conclusion,
    url,
    before: suite.before,
    after: suite.sha,
    pull_requests: pullRequestsAt(world, repository, suite.sha),
    app: renderApp(world, suite.app),
    created_at: renderTime(suite.createdAt),
    updated_at: renderTime(suite.updatedAt),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: suite.runs.length,
    check_runs_url: `${url}/check-runs`,
    head_commit: head === null ? null : renderSimpleCommit(head),
    repository: renderMinimalRepository(world, repository),
  };
}

/** Open ones of this repository whose head it is: those of forks are left out by GitHub. */
export function pullRequestsAt(world: World, repository: Repository, sha: string): readonly Json[] {
  return [...repository.issues.values()]
    .filter(isPullRequest)
    .filter(
      ({ state, pullRequest }) =>
        state === "open" && pullRequest.headSha === sha && pullRequest.headRepository === repository,
    )
    .map((issue) => renderPullRequestMinimal(world, repository, issue));
}
