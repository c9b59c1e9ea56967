import { expect, test } from "vitest";
import { validateRestExchange } from "../../../src/sandbox/validation/validate-rest.ts";
import {
  callAsApp,
  callAsInstallation,
  callWith,
  field,
  openShop,
  openStage,
  type Stage,
} from "./open-sandbox.ts";

const PERMISSIONS = {
  actions: "read",
  checks: "write",
  contents: "write",
  deployments: "write",
  issues: "write",
  members: "read",
  metadata: "read",
  pull_requests: "write",
  statuses: "write",
} as const;

interface Story {
  readonly number: number;
  readonly issue: number;
  readonly comment: number;
  readonly sha: string;
  readonly deployment: number;
  readonly check: number;
  readonly run: number;
  readonly job: number;
  readonly suite: number;
  readonly waiting: number;
  readonly id: number;
}

/** One of everything. */
async function playStory(stage: Stage): Promise<Story> {
  const { control } = stage.sandbox;
  const { id } = await openShop(stage);
  const repository = "acme/shop";
  await control.setPermission({ repository, login: "hubot", role: "maintain" });
  await control.addTeamMember({ organisation: "acme", team: "release", login: "hubot" });
  await control.commit({
    repository,
    branch: "cart",
    message: "PLAY-1: carts\n\nWith a body.",
    author: { name: "Nobody", email: "nobody@nowhere.example" },
    files: {
      "src/cart.ts": "a\nb\n",
      "a/link": { symlink: "../README.md" },
      sub: { submodule: "1".repeat(40) },
    },
  });
  const { number } = await control.openPullRequest({
    repository,
    head: "cart",
    title: "Carts",
    labels: ["risky"],
  });
  const { sha } = await control.mergePullRequest({ repository, number, method: "merge" });
  await control.commit({ repository, branch: "next", message: "next", files: { "src/cart.ts": null } });
  await control.openPullRequest({ repository, head: "next", title: "Next" });
  const { number: issue } = await control.openIssue({ repository, title: "It broke", labels: ["bug"] });
  const { id: comment } = await control.comment({ repository, number: issue, body: "/holdpoint help" });
  const { id: deployment } = await control.deploy({ repository, environment: "production", sha });
  await control.setStatus({ repository, sha, context: "ci/build", state: "success" });
  const { id: check } = await control.finishCheck({ repository, sha, name: "lint", summary: "fine" });
  const { run, jobs, suite } = await control.finishWorkflowRun({
    repository,
    sha,
    workflow: "ci.yml",
    jobs: [{ name: "unit" }, { name: "deploy", environment: "staging" }],
  });
  await control.createTag({ repository, tag: "v1", at: sha });
  await control.protectEnvironment({ repository, environment: "production" });
  const { run: waiting } = await control.startDeployment({ repository, environment: "production", sha });
  return { number, issue, comment, sha, deployment, check, run, job: jobs[0] ?? 0, suite, waiting, id };
}

test("every answer is as GitHub's description has it", async () => {
  const stage = openStage({ app: { permissions: PERMISSIONS }, inspect: validateRestExchange });
  const story = await playStory(stage);
  const call = await callAsInstallation(stage);
  const app = callAsApp(stage);
  const { sha, number, issue, comment } = story;
  const of = "/repos/acme/shop";
  const reads: readonly string[] = [
    "/installation/repositories",
    "/rate_limit",
    "/orgs/acme/teams/release/memberships/hubot",
    "/users/hubot",
    `/repositories/${story.id}`,
    of,
    `${of}/contents/README.md`,
    `${of}/contents/src?ref=${sha}`,
    `${of}/contents/a/link`,
    `${of}/contents/sub`,
    `${of}/git/commits/${sha}`,
    `${of}/git/ref/heads%2Fmain`,
    `${of}/git/matching-refs/heads%2F`,
    `${of}/branches`,
    `${of}/branches/main`,
    `${of}/commits`,
    `${of}/commits/${sha}`,
    `${of}/commits/heads%2Fmain`,
    `${of}/commits/${sha}/pulls`,
    `${of}/commits/${sha}/status`,
    `${of}/commits/${sha}/statuses`,
    `${of}/commits/${sha}/check-runs`,
    `${of}/commits/${sha}/check-suites`,
    `${of}/compare/main...next`,
    `${of}/compare/next...main?per_page=1&page=2`,
    `${of}/check-runs/${story.check}`,
    `${of}/check-suites/${story.suite}`,
    `${of}/check-suites/${story.suite}/check-runs`,
    `${of}/actions/runs`,
    `${of}/actions/runs/${story.run}`,
    `${of}/actions/runs/${story.run}/jobs`,
    `${of}/actions/runs/${story.run}/attempts/1/jobs`,
    `${of}/actions/jobs/${story.job}`,
    `${of}/actions/runs?status=waiting`,
    `${of}/actions/runs/${story.waiting}/pending_deployments`,
    `${of}/environments/production/deployment_protection_rules`,
    `${of}/pulls?state=all`,
    `${of}/pulls/${number}`,
    `${of}/pulls/${number}/commits`,
    `${of}/pulls/${number}/files`,
    `${of}/issues?state=all`,
    `${of}/issues/${issue}`,
    `${of}/issues/${issue}/comments`,
    `${of}/issues/${issue}/labels`,
    `${of}/issues/${issue}/events`,
    `${of}/issues/${issue}/reactions`,
    `${of}/issues/comments/${comment}`,
    `${of}/issues/comments/${comment}/reactions`,
    `${of}/labels`,
    `${of}/labels/bug`,
    `${of}/collaborators/hubot/permission`,
    `${of}/deployments`,
    `${of}/deployments/${story.deployment}`,
    `${of}/deployments/${story.deployment}/statuses`,
  ];
  for (const path of reads) expect([path, (await call("GET", path)).status]).toEqual([path, 200]);

  const callback = `${of}/actions/runs/${story.waiting}/deployment_protection_rule`;
  const output = { title: "One ticket", summary: "PLAY-1" };
  const writes: readonly (readonly [string, string, unknown, number])[] = [
    ["POST", `${of}/statuses/${sha}`, { state: "pending", context: "holdpoint/gate" }, 201],
    ["POST", `${of}/check-runs`, { name: "Holdpoint", head_sha: sha, conclusion: "success", output }, 201],
    ["POST", `${of}/issues`, { title: "Red", labels: ["deferred-compliance"] }, 201],
    ["PATCH", `${of}/issues/${issue}`, { state: "closed", state_reason: "completed" }, 200],
    ["POST", `${of}/issues/${issue}/comments`, { body: "Closed." }, 201],
    ["PATCH", `${of}/issues/comments/${comment}`, { body: "edited" }, 200],
    ["POST", `${of}/issues/comments/${comment}/reactions`, { content: "eyes" }, 201],
    ["POST", `${of}/issues/comments/${comment}/reactions`, { content: "eyes" }, 200],
    ["POST", `${of}/issues/${issue}/reactions`, { content: "+1" }, 201],
    ["POST", `${of}/issues/${issue}/labels`, { labels: ["deploy-halt"] }, 200],
    ["PUT", `${of}/issues/${issue}/labels`, { labels: ["bug", "deploy-halt"] }, 200],
    ["DELETE", `${of}/issues/${issue}/labels/deploy-halt`, undefined, 200],
    ["POST", `${of}/labels`, { name: "halt-override", color: "d73a4a", description: "lifts" }, 201],
    ["PATCH", `${of}/labels/halt-override`, { new_name: "override" }, 200],
    ["DELETE", `${of}/labels/override`, undefined, 204],
    ["DELETE", `${of}/issues/comments/${comment}`, undefined, 204],
    ["PATCH", `${of}/pulls/${number}`, { title: "PLAY-1: carts" }, 200],
    ["POST", callback, { environment_name: "production", comment: "It waits." }, 204],
    ["POST", callback, { environment_name: "production", state: "approved", comment: "It is open." }, 204],
    ["POST", `${of}/deployments`, { ref: "next", environment: "staging", required_contexts: [] }, 201],
    ["POST", `${of}/deployments/${story.deployment}/statuses`, { state: "failure", description: "no" }, 201],
    ["PUT", `${of}/pulls/${number + 1}/merge`, { merge_method: "squash" }, 200],
  ];
  for (const [method, path, body, status] of writes) {
    expect([path, (await call(method, path, body)).status]).toEqual([path, status]);
  }
  await stage.sandbox.settled();

  const asApp: readonly string[] = [
    "/app",
    "/app/installations",
    "/app/hook/deliveries",
    "/repos/acme/shop/installation",
    `/app/installations/${String(field((await app("GET", "/app/installations")).body, 0, "id"))}`,
    `/app/hook/deliveries/${String(field((await app("GET", "/app/hook/deliveries")).body, 0, "id"))}`,
  ];
  for (const path of asApp) expect([path, (await app("GET", path)).status]).toEqual([path, 200]);
  expect(stage.sandbox.violations()).toEqual([]);
  // Compiling GitHub's description is what takes the time.
}, 60_000);

test("refusals have the words and the shape of GitHub's", async () => {
  const permissions = { ...PERMISSIONS, deployments: "read" } as const;
  const stage = openStage({ app: { permissions }, inspect: validateRestExchange });
  const { sha } = await openShop(stage);
  const call = await callAsInstallation(stage);
  const of = "/repos/acme/shop";
  const none = "0".repeat(40);
  const refusals: readonly (readonly [string, string, unknown, number, string])[] = [
    ["GET", "/repos/acme/nothing", undefined, 404, "Not Found"],
    ["GET", `${of}/contents/none`, undefined, 404, "Not Found"],
    ["GET", `${of}/compare/main...none`, undefined, 404, "Not Found"],
    ["GET", `${of}/compare/main..main`, undefined, 404, "Not Found"],
    ["GET", `${of}/commits/${none}`, undefined, 422, `No commit found for SHA: ${none}`],
    ["GET", `${of}/issues/99`, undefined, 404, "Not Found"],
    ["POST", `${of}/statuses/${none}`, { state: "success" }, 422, `No commit found for SHA: ${none}`],
    ["POST", `${of}/deployments`, { ref: "main" }, 403, "Resource not accessible by integration"],
  ];
  for (const [method, path, body, status, message] of refusals) {
    const answer = await call(method, path, body);
    expect([path, answer.status, field(answer.body, "message")]).toEqual([path, status, message]);
  }
  const stranger = callWith(stage, "token ghs_nobody");
  expect(await stranger("GET", of)).toMatchObject({ status: 401, body: { message: "Bad credentials" } });
  expect(sha).toHaveLength(40);
});

test("an answer or a request that GitHub does not describe is found", async () => {
  const stage = openStage({ inspect: () => ["wrong"] }, "expected");
  await openShop(stage);
  await callAsInstallation(stage);
  expect(stage.sandbox.violations()).toEqual(["wrong", "wrong"]);
});
