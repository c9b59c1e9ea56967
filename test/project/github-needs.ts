/** What a call needs: a permission of the installation, or only to be somebody. */
export type Need =
  | { readonly permission: string; readonly level: "read" | "write" }
  | { readonly as: "the App" | "an installation" | "a person" | "anybody" };

const needs = (permission: string, level: "read" | "write" = "read"): Need => ({ permission, level });
const APP: Need = { as: "the App" };
const PERSON: Need = { as: "a person" };

/**
 * Every address that `src/adapters/github` calls, and what GitHub asks for it:
 * https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
 * The App has no data of GitHub's for this: the published description of the API names no permissions.
 */
export const ROUTES: Readonly<Record<string, Need>> = {
  "GET /app": APP,
  "GET /app/hook/deliveries": APP,
  "POST /app/hook/deliveries/{delivery_id}/attempts": APP,
  "GET /app/installations": APP,
  "GET /app/installations/{installation_id}": APP,
  "POST /app/installations/{installation_id}/access_tokens": APP,
  "GET /repos/{owner}/{repo}/installation": APP,
  "GET /installation/repositories": { as: "an installation" },

  "GET /repos/{owner}/{repo}": needs("metadata"),
  "GET /repositories/{repository_id}": needs("metadata"),
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission": needs("metadata"),
  "GET /repos/{owner}/{repo}/rules/branches/{branch}": needs("metadata"),
  "GET /users/{username}": { as: "an installation" },

  "GET /repos/{owner}/{repo}/actions/runs": needs("actions"),
  "GET /repos/{owner}/{repo}/actions/runs/{run_id}": needs("actions"),
  "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs": needs("actions"),
  "GET /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments": needs("actions"),
  "GET /repos/{owner}/{repo}/environments": needs("actions"),
  "GET /repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules": needs("actions"),

  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": needs("checks"),
  "POST /repos/{owner}/{repo}/check-runs": needs("checks", "write"),
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": needs("checks", "write"),

  "GET /repos/{owner}/{repo}/commits": needs("contents"),
  "GET /repos/{owner}/{repo}/commits/{ref}": needs("contents"),
  "GET /repos/{owner}/{repo}/compare/{basehead}": needs("contents"),
  "GET /repos/{owner}/{repo}/contents/{path}": needs("contents"),
  "GET /repos/{owner}/{repo}/git/ref/{ref}": needs("contents"),

  "GET /repos/{owner}/{repo}/deployments": needs("deployments"),
  "GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses": needs("deployments"),
  "POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule": needs(
    "deployments",
    "write",
  ),

  "GET /repos/{owner}/{repo}/issues": needs("issues"),
  "POST /repos/{owner}/{repo}/issues": needs("issues", "write"),
  "GET /repos/{owner}/{repo}/issues/{issue_number}": needs("issues"),
  "PATCH /repos/{owner}/{repo}/issues/{issue_number}": needs("issues", "write"),
  "GET /repos/{owner}/{repo}/issues/{issue_number}/events": needs("issues"),
  "GET /repos/{owner}/{repo}/issues/comments": needs("issues"),
  "GET /repos/{owner}/{repo}/issues/comments/{comment_id}": needs("issues"),
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": needs("issues"),
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": needs("issues", "write"),
  "POST /repos/{owner}/{repo}/issues/{issue_number}/labels": needs("issues", "write"),
  "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}": needs("issues", "write"),
  "GET /repos/{owner}/{repo}/labels/{name}": needs("issues"),
  "POST /repos/{owner}/{repo}/labels": needs("issues", "write"),

  "GET /orgs/{org}/teams/{team_slug}": needs("members"),
  "GET /orgs/{org}/teams/{team_slug}/memberships/{username}": needs("members"),

  "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls": needs("pull_requests"),
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": needs("pull_requests"),

  "GET /repos/{owner}/{repo}/commits/{ref}/status": needs("statuses"),
  "GET /repos/{owner}/{repo}/commits/{ref}/statuses": needs("statuses"),
  "POST /repos/{owner}/{repo}/statuses/{sha}": needs("statuses", "write"),

  // With a person's own token, for the cockpit: it reads who they are and what they see, and writes nothing.
  "GET /user": PERSON,
  "GET /user/installations": PERSON,
  "GET /user/installations/{installation_id}/repositories": PERSON,
  "GET /repositories/{id}": PERSON,
  "POST /login/oauth/access_token": { as: "anybody" },
  "DELETE /applications/{client_id}/token": APP,
};

/**
 * Comments and labels of a pull request are written at the address of issues, and there GitHub asks for the permission of what the
 * number is: https://docs.github.com/en/rest/issues/comments#create-an-issue-comment names both.
 */
export const ON_PULL_REQUESTS: Readonly<Record<string, Need>> = {
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": needs("pull_requests", "write"),
};

/** GraphQL names no permissions: what a type holds needs what the REST addresses need that answer the same. */
export const TYPES: Readonly<Record<string, readonly string[]>> = {
  Query: [],
  PageInfo: [],
  Repository: ["metadata"],
  RepositoryOwner: ["metadata"],
  Actor: ["metadata"],
  App: ["metadata"],
  Node: [],
  GitObject: ["contents"],
  Commit: ["contents"],
  Tree: ["contents"],
  TreeEntry: ["contents"],
  Blob: ["contents"],
  Ref: ["contents"],
  CheckSuite: ["checks"],
  CheckRun: ["checks"],
  Workflow: ["actions"],
  WorkflowRun: ["actions"],
  WorkflowRunFile: ["actions"],
  // As for the list of a run's waiting deployments.
  DeploymentRequest: ["actions"],
  Environment: ["actions"],
  Status: ["statuses"],
  StatusContext: ["statuses"],
  Deployment: ["deployments"],
  DeploymentStatus: ["deployments"],
  PullRequest: ["pull_requests"],
};

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads: what an App must be allowed to read to be told. */
export const EVENTS: Readonly<Record<string, string>> = {
  check_run: "checks",
  check_suite: "checks",
  deployment_protection_rule: "deployments",
  deployment_status: "deployments",
  issue_comment: "issues",
  issues: "issues",
  merge_group: "merge_queues",
  pull_request: "pull_requests",
  push: "contents",
  repository: "metadata",
  status: "statuses",
  workflow_run: "actions",
};

/** Told to every App, whether it asks or not. */
export const ALWAYS_TOLD: readonly string[] = ["installation", "installation_repositories"];
