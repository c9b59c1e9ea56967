import { suiteConclusion } from "../find-checks.ts";
import type { CheckSuite, Json, Repository, WorkflowRun } from "../model.ts";
import { repositoryPage } from "../render/repository.ts";
import { renderTime } from "../render/time.ts";
import { checkRunConnection, type CheckRunsPage, seenRuns } from "./check-node.ts";
import { type Connection, connectionOf, type Page } from "./connection.ts";
import type { GraphqlContext } from "./context.ts";

/** `CheckSuite`: of Actions there is one for each run of a workflow, which says how it ended. */
export function checkSuiteNode(context: GraphqlContext, repository: Repository, suite: CheckSuite): Json {
  const ofWorkflow = [...repository.runs.values()].find((run) => run.suite === suite) ?? null;
  const runs = seenRuns(context, repository, suite.sha).filter((run) => run.suite === suite);
  const behind = runs.length < suite.runs.length;
  const seen = behind ? null : endOf(suite, ofWorkflow);
  return {
    __typename: "CheckSuite",
    id: `CS_${suite.id}`,
    databaseId: suite.id,
    status: seen !== null ? "COMPLETED" : suite.runs.length === 0 ? "QUEUED" : "IN_PROGRESS",
    conclusion: seen?.toUpperCase() ?? null,
    createdAt: renderTime(suite.createdAt),
    updatedAt: renderTime(ofWorkflow?.updatedAt ?? suite.updatedAt),
    app: { databaseId: suite.app.id, slug: suite.app.slug, name: suite.app.name },
    workflowRun: () => (ofWorkflow === null ? null : workflowRunNode(context, repository, ofWorkflow)),
    checkRuns: (wanted: CheckRunsPage) => checkRunConnection(context, repository, runs, wanted),
  };
}

export function checkSuiteConnection(
  context: GraphqlContext,
  repository: Repository,
  sha: string,
  wanted: Page,
): Connection | null {
  const suites = [...repository.suites.values()].filter((suite) => suite.sha === sha);
  return connectionOf(suites, wanted, (suite) => checkSuiteNode(context, repository, suite));
}

function endOf(suite: CheckSuite, run: WorkflowRun | null): string | null {
  return run === null ? suiteConclusion(suite) : run.status === "completed" ? run.conclusion : null;
}

function workflowRunNode({ world }: GraphqlContext, repository: Repository, run: WorkflowRun): Json {
  const page = `${repositoryPage(world, repository)}/actions`;
  return {
    __typename: "WorkflowRun",
    id: `WFR_${run.id}`,
    databaseId: run.id,
    event: run.event,
    runNumber: run.number,
    url: `${page}/runs/${run.id}`,
    file: { path: run.path },
    workflow: {
      databaseId: run.workflowId,
      name: run.name,
      resourcePath: new URL(`${page}/workflows/${run.path.split("/").at(-1) ?? ""}`).pathname,
    },
  };
}
