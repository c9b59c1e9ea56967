import type { CheckRun, Json, Repository, WorkflowRun } from "../model.ts";
import type { World } from "../world.ts";
import { renderAccount } from "./account.ts";
import { pullRequestsAt } from "./check.ts";
import { renderSimpleCommit } from "./commit.ts";
import { renderMinimalRepository, repositoryPage, repositoryUrl } from "./repository.ts";
import { renderTime } from "./time.ts";

/** The REST schema `workflow-run`. */
export function renderWorkflowRun(world: World, repository: Repository, run: WorkflowRun): Json {
  const url = `${repositoryUrl(world, repository)}/actions/runs/${run.id}`;
  const head = repository.git.graph.get(run.suite.sha);
  return {
    id: run.id,
    name: run.name,
    node_id: `WFR_${run.id}`,
    head_branch: run.suite.branch,
    head_sha: run.suite.sha,
    path: run.path,
    display_title: head?.message.split("\n")[0] ?? run.name,
    run_number: run.number,
    run_attempt: run.attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflowId,
    check_suite_id: run.suite.id,
    check_suite_node_id: `CS_${run.suite.id}`,
    url,
    html_url: `${repositoryPage(world, repository)}/actions/runs/${run.id}`,
    pull_requests: pullRequestsAt(world, repository, run.suite.sha),
    created_at: renderTime(run.createdAt),
    updated_at: renderTime(run.updatedAt),
    run_started_at: renderTime(run.startedAt),
    actor: renderAccount(world, run.actor),
    triggering_actor: renderAccount(world, run.actor),
    referenced_workflows: [],
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repositoryUrl(world, repository)}/check-suites/${run.suite.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${repositoryUrl(world, repository)}/actions/workflows/${run.workflowId}`,
    head_commit: head === null ? null : renderSimpleCommit(head),
    repository: renderMinimalRepository(world, repository),
    head_repository: renderMinimalRepository(world, run.headRepository),
  };
}

export function renderWorkflow(world: World, repository: Repository, run: WorkflowRun): Json {
  return {
    id: run.workflowId,
    node_id: `W_${run.workflowId}`,
    name: run.name,
    path: run.path,
    state: "active",
    created_at: renderTime(run.createdAt),
    updated_at: renderTime(run.createdAt),
    url: `${repositoryUrl(world, repository)}/actions/workflows/${run.workflowId}`,
    html_url: `${repositoryPage(world, repository)}/blob/${repository.defaultBranch}/${run.path}`,
    badge_url: `${repositoryPage(world, repository)}/workflows/${encodeURIComponent(run.name)}/badge.svg`,
  };
}

/** The REST schema `job`: a job is its check run under another name, with the same number. */
export function renderJob(world: World, repository: Repository, run: WorkflowRun, check: CheckRun): Json {
  const api = repositoryUrl(world, repository);
  return {
    id: check.id,
    run_id: run.id,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: check.job?.attempt ?? run.attempt,
    node_id: `CR_${check.id}`,
    head_sha: run.suite.sha,
    url: `${api}/actions/jobs/${check.id}`,
    html_url: `${repositoryPage(world, repository)}/actions/runs/${run.id}/job/${check.id}`,
    status: check.status,
    conclusion: check.conclusion,
    created_at: renderTime(check.startedAt),
    started_at: renderTime(check.startedAt),
    completed_at: check.completedAt === null ? null : renderTime(check.completedAt),
    name: check.name,
    steps: [],
    check_run_url: `${api}/check-runs/${check.id}`,
    labels: ["ubuntu-latest"],
    runner_id: 1,
    runner_name: "sandbox",
    runner_group_id: 1,
    runner_group_name: "sandbox",
    workflow_name: run.name,
    head_branch: run.suite.branch,
  };
}
