import { describe, expect, test } from "vitest";
import type { CommitSha } from "../../../src/domain/model.ts";
import { isCommitSha } from "../../../src/domain/brands.ts";
import { callAsInstallation, callWith, field, onlyRepository, openShop, openStage } from "./open-sandbox.ts";

const repository = "acme/shop";

function commitSha(text: string): CommitSha {
  if (!isCommitSha(text)) throw new Error(`${text} is no sha`);
  return text;
}

describe("Holdpoint's adapter and the sandbox", () => {
  test("agree on a change set with its pull requests, past several pages", async () => {
    const stage = openStage();
    const { sha: base } = await openShop(stage);
    const { control } = stage.sandbox;
    await control.bulkCommits({ repository, branch: "main", count: 230, authors: ["hubot"] });
    await control.commit({ repository, branch: "cart", message: "PLAY-1: carts", files: { c: "1" } });
    const { number } = await control.openPullRequest({
      repository,
      head: "cart",
      title: "Carts",
      by: "hubot",
    });
    const { sha: head } = await control.mergePullRequest({ repository, number, method: "squash" });
    const shop = await onlyRepository(stage);
    stage.sandbox.requests.forget();
    const read = await stage.github.readChangeSet(shop, commitSha(base), commitSha(head));
    if (read.state !== "known") throw new Error(read.state);
    expect(read.value).toMatchObject({ relation: "ahead", aheadBy: 231, behindBy: 0 });
    expect(read.value.commits).toHaveLength(231);
    expect(read.value.commits[0]).toMatchObject({ message: "PLAY-1: change 1", author: { login: "hubot" } });
    expect([...read.value.pullRequests].map(([sha, [pull]]) => [sha, pull?.number, pull?.state])).toEqual([
      [head, number, "merged"],
    ]);
    expect(stage.sandbox.requests.counts()).toEqual({
      "GET /repos/:owner/:repo/compare/:basehead": 3,
      "POST /graphql CommitPullRequests": 3,
    });
  });

  test("agree on checks: statuses, other Apps' runs, jobs of a workflow and its attempts", async () => {
    const stage = openStage();
    const { sha } = await openShop(stage);
    const { control } = stage.sandbox;
    await control.setStatus({ repository, sha, context: "ci/old", state: "error" });
    const { id: lint } = await control.finishCheck({ repository, sha, name: "lint", app: "some-ci" });
    const call = await callAsInstallation(stage);
    const ci = field((await call("GET", `/repos/acme/shop/check-runs/${lint}`)).body, "app", "id");
    const jobs = [
      { name: "unit", conclusion: "failure" },
      { name: "deploy", environment: "production" },
    ] as const;
    const { run } = await control.finishWorkflowRun({ repository, sha, workflow: "ci.yml", jobs: [...jobs] });
    await control.finishWorkflowRun({
      repository,
      sha,
      workflow: "ci.yml",
      run,
      jobs: [{ name: "unit" }, { name: "deploy", environment: "production" }],
    });
    const shop = await onlyRepository(stage);
    const read = await stage.github.readChecks(shop, commitSha(sha), ["production"]);
    if (read.state !== "known") throw new Error(read.state);
    const workflow = { kind: "workflow", workflow: ".github/workflows/ci.yml", runId: run, attempt: 2 };
    expect(
      read.value.map(({ name, source, state, governed }) => ({ name, source, state, governed })),
    ).toEqual([
      { name: "ci/old", source: { kind: "status" }, state: "failure", governed: false },
      {
        name: "lint",
        source: { kind: "app", app: "some-ci", appId: ci },
        state: "success",
        governed: false,
      },
      { name: "unit", source: workflow, state: "success", governed: false },
      { name: "deploy", source: workflow, state: "success", governed: true },
    ]);
  });

  test("agree on what is live: production is never marked inactive, others are", async () => {
    const stage = openStage();
    const { sha: first } = await openShop(stage);
    const { control } = stage.sandbox;
    const { sha: second } = await control.commit({
      repository,
      branch: "main",
      message: "two",
      files: { a: "2" },
    });
    for (const environment of ["production", "staging"]) {
      await control.deploy({ repository, environment, sha: first });
      stage.clock.forward(1_000);
      await control.deploy({ repository, environment, sha: second });
      stage.clock.forward(1_000);
      await control.deploy({ repository, environment, sha: first, state: "failure" });
      stage.clock.forward(1_000);
    }
    const shop = await onlyRepository(stage);
    expect(await stage.github.readLiveDeployment(shop, "production")).toMatchObject({
      state: "known",
      value: { sha: second },
    });
    expect(await stage.github.readLiveDeployment(shop, "staging")).toMatchObject({
      state: "known",
      value: { sha: second },
    });
    const call = await callAsInstallation(stage);
    const states = async (environment: string): Promise<unknown> => {
      const { body } = await call(
        "GET",
        `/repos/acme/shop/deployments?environment=${environment}&sha=${first}`,
      );
      const path = `/repos/acme/shop/deployments/${String(field(body, 1, "id"))}/statuses`;
      return field((await call("GET", path)).body, 0, "state");
    };
    expect([await states("production"), await states("staging")]).toEqual(["success", "inactive"]);
  });

  test("agree on the policy file, whatever stands in its place", async () => {
    const stage = openStage();
    await openShop(stage);
    const { control } = stage.sandbox;
    const path = ".github/holdpoint.yml";
    const shop = await onlyRepository(stage);
    const put = async (content: Parameters<typeof control.commit>[0]["files"]): Promise<unknown> => {
      await control.commit({ repository, branch: "main", message: "policy", files: content });
      const { policyFile } = await stage.github.readOutline(shop);
      return policyFile.state === "known" ? policyFile.value.text : policyFile.state;
    };
    expect(await put({ other: "1" })).toBe("missing");
    expect(await put({ [path]: "mode: observe\n" })).toBe("mode: observe\n");
    expect(await put({ [path]: { symlink: "../README.md" } })).toBe("unknown");
    expect(await put({ [path]: { base64: Buffer.from([0, 1, 2]).toString("base64") } })).toBe("unknown");
    expect(await put({ [path]: { submodule: "1".repeat(40) } })).toBe("unknown");
    expect(await put({ [path]: null, [`${path}/a`]: "1" })).toBe("unknown");
  });

  test("agree on comments and posts", async () => {
    const stage = openStage();
    const { sha } = await openShop(stage);
    const { control } = stage.sandbox;
    const { number } = await control.openIssue({ repository, title: "Red" });
    const { id } = await control.comment({ repository, number, body: "/holdpoint status", by: "hubot" });
    const shop = await onlyRepository(stage);
    const { github } = stage;
    expect(await github.readComment(shop, number, id)).toMatchObject({
      value: {
        body: "/holdpoint status",
        author: { login: "hubot", isBot: false },
        edited: false,
        onPullRequest: false,
      },
    });
    const comment = { issueNumber: number, marker: "<!-- one -->", body: "All is well." };
    const first = await github.postComment(shop, comment);
    expect(await github.postComment(shop, comment)).toEqual(first);
    const run = {
      sha: commitSha(sha),
      name: "Holdpoint",
      externalId: "x",
      conclusion: "success",
      title: "t",
      summary: "s",
      text: null,
      detailsUrl: null,
      actions: [{ label: "Check again", description: "Reads everything again", identifier: "again" }],
    } as const;
    const made = await github.postCheckRun(shop, run, null);
    expect(await github.postCheckRun(shop, { ...run, conclusion: "failure" }, null)).toEqual(made);
    await control.setPermission({ repository, login: "hubot", role: "write" });
    await stage.sandbox.settled();
    stage.received.length = 0;
    const checkRun = made.state === "done" ? (made.remoteId ?? 0) : 0;
    await control.clickCheckRunAction({ repository, checkRun, identifier: "again", by: "hubot" });
    await expect(
      control.clickCheckRunAction({ repository, checkRun, identifier: "again", by: "stranger" }),
    ).rejects.toThrow("sees no buttons");
    await stage.sandbox.settled();
    expect(stage.received.map(({ payload }) => payload)).toMatchObject([
      { action: "requested_action", requested_action: { identifier: "again" }, sender: { login: "hubot" } },
    ]);
  });
});

test("a query that GitHub would refuse is refused, and what the sandbox lacks is said", async () => {
  const stage = openStage({}, "expected");
  await openShop(stage);
  const { token } = await stage.sandbox.control.createUserToken({ login: "octocat" });
  await stage.sandbox.control.setPermission({ repository, login: "octocat", role: "read" });
  const ask = async (query: string): Promise<unknown> =>
    (await callWith(stage, `bearer ${token}`)("POST", "/graphql", { query })).body;
  expect(await ask(`query Wrong { repository(owner: "acme", name: "shop") { nonsense } }`)).toEqual({
    errors: [{ message: 'Cannot query field "nonsense" on type "Repository".' }],
  });
  expect(
    field(
      await ask(`query Lacking { repository(owner: "acme", name: "shop") { stargazerCount } }`),
      "errors",
    ),
  ).toMatchObject([{ message: "the sandbox has no Repository.stargazerCount" }]);
  expect(await ask(`query None { repository(owner: "acme", name: "none") { databaseId } }`)).toMatchObject({
    data: { repository: null },
    errors: [{ type: "NOT_FOUND", path: ["repository"] }],
  });
  expect(stage.sandbox.violations()).toEqual([
    'GraphQL Wrong: Cannot query field "nonsense" on type "Repository".',
    "GraphQL Lacking: repository.stargazerCount: the sandbox has no Repository.stargazerCount",
  ]);
});
