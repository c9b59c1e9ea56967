import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openShop, POLICY, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterEach(() => shop.box.github.tellTheTruth());
afterAll(() => shop.close());

function callsTo(path: string): number {
  return shop.box.github.requests.list().filter((request) => request.path.includes(path)).length;
}

function goneOf(id: number) {
  return shop.db.database.query<{ gone: string | null }>(
    "select gone from holdpoint.repository where id = $1",
    [id],
  );
}

describe("REL-52: another name", () => {
  test("a repository that was renamed is posted to under its new name", async () => {
    const repo = await shop.repository();
    const { control } = shop.box.github;
    const { repository } = await control.rename({ repository: repo.name, name: "renamed" });
    const { sha } = await control.commit({
      repository,
      branch: "main",
      message: "Tune",
      files: { "a.txt": "1" },
    });
    await shop.quiet();
    const seen = await (await shop.spectatorOf("acme")).statuses(repository, sha);
    expect(seen.map(({ context, state }) => [context, state])).toEqual([
      ["holdpoint/gate", "failure"],
      ["holdpoint/pre-deploy", "failure"],
    ]);
  });

  test("also when nobody told Holdpoint: found by its number, no redirect followed", async () => {
    const repo = await shop.repository();
    const { control } = shop.box.github;
    const key = shop.ticket({ risk: "" });
    const sha = await repo.commit(`${key}: Charge in euros`);
    shop.box.github.lie({ kind: "delivery-lost" });
    const { repository } = await control.rename({ repository: repo.name, name: "renamed-unheard" });
    shop.box.github.tellTheTruth();
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "low" } });
    await shop.quiet();
    const seen = await (await shop.spectatorOf("acme")).statuses(repository, sha);
    expect(seen.map(({ state }) => state)).toEqual(["success", "success"]);
  });

  test("a stranger's repository that took the old name gets nothing", async () => {
    const repo = await shop.repository();
    const { control } = shop.box.github;
    const key = shop.ticket({ risk: "" });
    await repo.commit(`${key}: Charge in euros`);
    shop.box.github.lie({ kind: "delivery-lost" });
    await control.rename({ repository: repo.name, name: "renamed-and-taken" });
    const [owner = "", name = ""] = repo.name.split("/");
    await control.createRepository({ owner, name, files: { "a.txt": "1" } });
    shop.box.github.tellTheTruth();
    const before = repo.posts().length;
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "low" } });
    await shop.quiet();
    expect(repo.posts().length).toBe(before);
  });

  test("transferred to an account without the App: work stops", async () => {
    const repo = await shop.repository();
    const { control } = shop.box.github;
    await repo.commit("Tune cache headers");
    await control.createOrganisation({ login: "strangers", install: false });
    const { repository } = await control.transfer({ repository: repo.name, to: "strangers" });
    await shop.reconcile();
    expect(await goneOf(repo.id)).toEqual([{ gone: "removed" }]);
    const before = callsTo(repository) + callsTo(repo.name);
    await control.commit({ repository, branch: "main", message: "Tune", files: { "a.txt": "1" } });
    await shop.reconcile();
    expect(callsTo(repository) + callsTo(repo.name)).toBe(before);
  });

  test("transferred to another account with the App: it goes on there", async () => {
    const repo = await shop.repository();
    const { control } = shop.box.github;
    const seen = await shop.spectatorOf("buyers");
    const { repository } = await control.transfer({ repository: repo.name, to: "buyers" });
    await shop.quiet();
    const { sha } = await control.commit({
      repository,
      branch: "main",
      message: "Tune",
      files: { "a.txt": "1" },
    });
    await shop.quiet();
    expect((await seen.statuses(repository, sha)).map(({ state }) => state)).toEqual(["failure", "failure"]);
  });
});

describe("REL-53: archived, deleted, made public", () => {
  test("archived: nothing is posted, and nothing tried for ever", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    await repo.commit(`${key}: Charge in euros`);
    await shop.box.github.control.archive({ repository: repo.name });
    await shop.quiet();
    const before = repo.posts().length;
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "" } });
    await shop.reconcile();
    expect(repo.posts().length).toBe(before);
    expect(await shop.holdpoint().queue.listParked(10)).toEqual([]);
  });

  test("unarchived: it goes on", async () => {
    const repo = await shop.repository();
    const { control } = shop.box.github;
    await control.archive({ repository: repo.name });
    await shop.quiet();
    await control.archive({ repository: repo.name, archived: false });
    await shop.quiet();
    const sha = await repo.commit("Tune cache headers");
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });

  test("deleted: no call is made for it any more", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    await repo.commit(`${key}: Charge in euros`);
    await shop.box.github.control.deleteRepository({ repository: repo.name });
    await shop.quiet();
    expect(await goneOf(repo.id)).toEqual([{ gone: "deleted" }]);
    const before = callsTo(repo.name);
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "" } });
    await shop.reconcile();
    expect(callsTo(repo.name)).toBe(before);
  });

  test("deleted while nobody was told: reconciliation finds out", async () => {
    const repo = await shop.repository();
    await repo.commit("Tune cache headers");
    shop.box.github.lie({ kind: "delivery-lost" });
    await shop.box.github.control.deleteRepository({ repository: repo.name });
    shop.box.github.tellTheTruth();
    await shop.reconcile();
    expect(await goneOf(repo.id)).toEqual([{ gone: "removed" }]);
  });

  test("made public: what tickets say is taken back from what stands there", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ summary: "Secret merger", risk: "the bank must not know" });
    const sha = await repo.commit(`${key}: Charge in euros`);
    expect((await repo.report(sha))?.text).toContain("Secret merger");
    await shop.box.github.control.configureRepository({ repository: repo.name, private: false });
    await shop.quiet();
    const report = await repo.report(sha);
    expect(report?.text).not.toContain("Secret merger");
    expect(report?.text).not.toContain("the bank");
  });
});

describe("REL-54: branches that are not what they were", () => {
  test("a force-push that takes the offending commit away: the new head is green", async () => {
    const repo = await shop.repository();
    const bad = await repo.commit("Tune cache headers");
    await shop.box.github.control.forcePush({ repository: repo.name, branch: "main", to: repo.first });
    await shop.quiet();
    expect(await repo.preDeploy(repo.first)).toEqual({
      state: "success",
      description: "production: nothing new",
    });
    expect((await repo.preDeploy(bad))?.state).toBe("failure");
  });

  test("the deploy branch deleted: nothing turns green by that; made again: it is judged", async () => {
    const repo = await shop.repository({ policy: POLICY.replace("deploy:", "deploy:\n  branch: deploy") });
    const { control } = shop.box.github;
    await control.createBranch({ repository: repo.name, branch: "deploy", from: "main" });
    const bad = await repo.commit("Tune cache headers", { branch: "deploy" });
    await control.deleteBranch({ repository: repo.name, branch: "deploy" });
    await shop.quiet();
    expect(await repo.preDeploy(bad)).toEqual({
      state: "pending",
      description: "could not verify: the deploy branch “deploy” does not exist",
    });
    await control.createBranch({ repository: repo.name, branch: "deploy", from: bad });
    await shop.quiet();
    const key = shop.ticket();
    const sha = await repo.commit(`${key}: Charge in euros`, { branch: "deploy" });
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: `1 commit without ticket: ${bad.slice(0, 7)}`,
    });
  });

  test("the base branch deleted: what is live is unknown, not nothing", async () => {
    const repo = await shop.repository();
    const sha = await repo.commit("Tune cache headers");
    await shop.box.github.control.deleteBranch({ repository: repo.name, branch: "production" });
    await shop.quiet();
    expect((await repo.preDeploy(sha))?.state).toBe("pending");
  });

  test("another default branch: policy and deploys are taken from there", async () => {
    const repo = await shop.repository();
    const { control } = shop.box.github;
    await control.createBranch({ repository: repo.name, branch: "trunk", from: "main" });
    await control.configureRepository({ repository: repo.name, defaultBranch: "trunk" });
    await control.deleteBranch({ repository: repo.name, branch: "main" });
    await shop.quiet();
    const sha = await repo.commit("Tune cache headers", { branch: "trunk" });
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });
});

describe("REL-50, 51: the installation", () => {
  test("suspended: no calls; unsuspended: it is caught up with", async () => {
    const repo = await shop.repository({ owner: "suspended" });
    const { control } = shop.box.github;
    await control.suspendInstallation({ account: "suspended" });
    await shop.quiet();
    const before = callsTo("suspended");
    const { sha } = await control.commit({
      repository: repo.name,
      branch: "main",
      message: "Tune cache headers",
      files: { "a.txt": "1" },
    });
    await shop.reconcile();
    expect(callsTo("suspended")).toBe(before);
    await control.suspendInstallation({ account: "suspended", suspended: false });
    await shop.quiet();
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });

  test("uninstalled: no calls, also not for tickets that its heads carried", async () => {
    const repo = await shop.repository({ owner: "leavers" });
    const key = shop.ticket();
    await repo.commit(`${key}: Charge in euros`);
    await shop.box.github.control.uninstall({ account: "leavers" });
    await shop.quiet();
    const before = shop.box.github.requests.list().length;
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "" } });
    await shop.reconcile();
    const after = shop.box.github.requests.list().slice(before);
    expect(
      after.filter(({ path, route }) => path.includes("leavers") || route.includes("access_tokens")),
    ).toEqual([]);
  });

  test("a repository taken out of the installation: only that one stops", async () => {
    const [taken, other] = [
      await shop.repository({ owner: "picky" }),
      await shop.repository({ owner: "picky" }),
    ];
    const { control } = shop.box.github;
    const key = shop.ticket();
    const sha = await taken.commit(`${key}: Charge in euros`);
    await control.selectRepositories({ account: "picky", repositories: [other.name] });
    await shop.quiet();
    expect(await goneOf(taken.id)).toEqual([{ gone: "removed" }]);
    const before = callsTo(taken.name);
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "" } });
    await shop.reconcile();
    expect(callsTo(taken.name)).toBe(before);
    const elsewhere = await other.commit("Tune cache headers");
    expect((await other.preDeploy(elsewhere))?.state).toBe("failure");

    await control.selectRepositories({ account: "picky", repositories: [other.name, taken.name] });
    await shop.quiet();
    expect(await taken.preDeploy(sha)).toEqual({
      state: "failure",
      description: `1 ticket lacks “Risk assessment”: ${key}`,
    });
  });

  test("a permission that is missing is named, and not tried for ever", async () => {
    const repo = await shop.repository({ owner: "careful" });
    const { control } = shop.box.github;
    const { statuses: _, ...others } = shop.box.github.app.permissions;
    await control.setInstallationPermissions({ account: "careful", permissions: others });
    await shop.quiet();
    shop.pass(61 * 60_000);
    const { sha } = await control.commit({
      repository: repo.name,
      branch: "main",
      message: "Tune cache headers",
      files: { "a.txt": "1" },
    });
    await shop.quiet();
    await shop.tryAgain();
    const parked = await shop.holdpoint().queue.listParked(10);
    expect(parked.map(({ kind, lastError }) => [kind, lastError.includes("not accessible")])).toContainEqual([
      "effect",
      true,
    ]);
    expect(sha).toHaveLength(40);
  });
});
