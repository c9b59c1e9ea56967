import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { A_WHILE, openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const BY_DEPLOYMENT = `
deploy:
  environments:
    production: { base: { deployment: production } }
tickets:
  projects: [PLAY]
`;

describe("a branch says what is live", () => {
  test("after a release there is nothing new", async () => {
    const repo = await shop.repository();
    const sha = await repo.commit("Tune cache headers");
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
    await repo.release();
    expect(await repo.preDeploy(sha)).toEqual({ state: "success", description: "production: nothing new" });
  });

  test.each([
    ["merged", "merge"],
    ["squashed", "squash"],
  ] as const)("a release that was %s into production leaves nothing new", async (_how, method) => {
    const repo = await shop.repository();
    const key = shop.ticket();
    await repo.commit(`${key}: Charge in euros`);
    const live = await repo.commit(`${key}: Round up`);
    const { control } = shop.box.github;
    const { number } = await control.openPullRequest({
      repository: repo.name,
      head: "main",
      base: "production",
      title: `${key}: Release`,
    });
    await control.mergePullRequest({ repository: repo.name, number, method });
    await shop.quiet();
    expect(await repo.preDeploy(live)).toEqual({ state: "success", description: "production: nothing new" });
    const next = await repo.commit(`${key}: Show the currency`);
    expect(await repo.preDeploy(next)).toEqual({
      state: "success",
      description: "production: 1 commit, 1 ticket",
    });
  });

  test("a hotfix that only production has would be lost, and is named", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const hotfix = await repo.commit("Stop the bleeding", { branch: "production" });
    const sha = await repo.commit(`${key}: Charge in euros`);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: `would take 1 commit away from “production”: ${hotfix.slice(0, 7)}`,
    });
    const report = await repo.report(sha);
    expect(report?.conclusion).toBe("failure");
    expect(report?.text).toContain("Stop the bleeding");
  });

  test("a hotfix may be left behind where the policy allows it", async () => {
    const repo = await shop.repository({
      policy:
        "deploy: { allow_diverged: true, environments: { production: { base: { branch: production } } } }",
    });
    await repo.commit("PLAY-1: Stop the bleeding", { branch: "production" });
    const key = shop.ticket();
    const sha = await repo.commit(`${key}: Charge in euros`);
    expect((await repo.preDeploy(sha))?.state).toBe("success");
  });

  test("a branch that is behind production would be a step back", async () => {
    const repo = await shop.repository();
    const newer = await repo.commit("PLAY-1: Stop the bleeding", { branch: "production" });
    expect(await repo.preDeploy(repo.first)).toEqual({
      state: "failure",
      description: `a step back, would take 1 commit away from “production”: ${newer.slice(0, 7)}`,
    });
  });

  test("a configured branch that is not there is unknown, and named", async () => {
    const repo = await shop.repository({ unreleased: true });
    expect(await repo.preDeploy(repo.first)).toEqual({
      state: "pending",
      description: "could not verify: what is live is not known: the branch does not exist (production)",
    });
  });

  test("another branch than the trunk can be what goes out next", async () => {
    const repo = await shop.repository({
      policy:
        "deploy: { branch: deploy, environments: { production: { base: { branch: production } } } }\ntickets: { projects: [PLAY] }",
    });
    const key = shop.ticket();
    await shop.box.github.control.createBranch({ repository: repo.name, branch: "deploy", from: "main" });
    const trunk = await repo.commit("Tune cache headers");
    expect(await repo.preDeploy(trunk)).toBeNull();
    const sha = await repo.commit(`${key}: Charge in euros`, { branch: "deploy" });
    expect(await repo.preDeploy(sha)).toEqual({
      state: "success",
      description: "production: 1 commit, 1 ticket",
    });
  });

  test("a ticket with work on the trunk that does not go out yet is pointed out", async () => {
    const repo = await shop.repository({
      policy:
        "deploy: { branch: deploy, environments: { production: { base: { branch: production } } } }\ntickets: { projects: [PLAY] }",
    });
    const key = shop.ticket();
    await shop.box.github.control.createBranch({ repository: repo.name, branch: "deploy", from: "main" });
    const sha = await repo.commit(`${key}: Charge in euros`, { branch: "deploy" });
    await shop.box.github.control.forcePush({ repository: repo.name, branch: "main", to: sha });
    await repo.commit(`${key}: Round up`);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "success",
      description: `production: 1 commit, 1 ticket; to know: 1 ticket with commits that do not go out: ${key}`,
    });
  });
});

describe("deployments say what is live", () => {
  test("the first deployment ever may go, its tickets are only listed", async () => {
    const repo = await shop.repository({ policy: BY_DEPLOYMENT, unreleased: true });
    const sha = await repo.commit("Tune cache headers");
    expect(await repo.preDeploy(sha)).toEqual({
      state: "success",
      description: "production: first deployment, tickets are only listed",
    });
  });

  test("when a deployment has succeeded, what goes out is counted from there", async () => {
    const repo = await shop.repository({ policy: BY_DEPLOYMENT, unreleased: true });
    const live = await repo.commit("Tune cache headers");
    const sha = await repo.commit("Tune them more");
    const { control } = shop.box.github;
    await control.deploy({
      repository: repo.name,
      environment: "production",
      sha: live,
      state: "in_progress",
    });
    await shop.quiet();
    expect((await repo.preDeploy(sha))?.description).toContain("first deployment");
    await control.deploy({ repository: repo.name, environment: "production", sha: live });
    await shop.quiet();
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: `1 commit without ticket: ${sha.slice(0, 7)}`,
    });
  });

  test("a deployment that fails, or one to another environment, makes nothing live", async () => {
    const repo = await shop.repository({ policy: BY_DEPLOYMENT, unreleased: true });
    const live = await repo.commit("Tune cache headers");
    const sha = await repo.commit("Tune them more");
    const { control } = shop.box.github;
    await control.deploy({ repository: repo.name, environment: "production", sha: live });
    await control.deploy({ repository: repo.name, environment: "production", sha, state: "failure" });
    await control.deploy({ repository: repo.name, environment: "staging", sha });
    await shop.quiet();
    expect((await repo.preDeploy(sha))?.description).toBe(`1 commit without ticket: ${sha.slice(0, 7)}`);
  });
});

describe("what is missing now may come", () => {
  test("a base branch that is made later is found by the look that is due", async () => {
    const repo = await shop.repository({ unreleased: true });
    expect((await repo.preDeploy(repo.first))?.state).toBe("pending");
    shop.box.github.lie({ kind: "delivery-lost", times: 1 });
    await shop.box.github.control.createBranch({
      repository: repo.name,
      branch: "production",
      from: "main",
    });
    shop.pass(A_WHILE);
    await shop.tick("due looks");
    expect(await repo.preDeploy(repo.first)).toEqual({
      state: "success",
      description: "production: nothing new",
    });
  });
});
