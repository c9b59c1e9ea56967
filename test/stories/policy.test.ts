import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openShop, POLICY, type Repo, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const PATH = ".github/holdpoint.yml";
const OBSERVING = `mode: observe\n${POLICY}`;

describe("no policy", () => {
  test("REL-68: nothing is ever posted where Holdpoint was never asked for", async () => {
    const repo = await shop.repository({ policy: null });
    const { number } = await repo.open({ title: "Tune cache headers" });
    await repo.commit("Tune them more");
    await repo.comment(number, "/holdpoint check");
    await shop.box.github.control.mergePullRequest({ repository: repo.name, number, method: "merge" });
    await shop.reconcile();
    expect(repo.posts()).toEqual([]);
  });

  test("the file deleted: nothing is posted any more", async () => {
    const repo = await shop.repository();
    await repo.commit("Tune cache headers");
    const sha = await repo.commit("No more of it", { files: { [PATH]: null } });
    expect(await repo.preDeploy(sha)).toBeNull();
    const before = repo.posts();
    await repo.open({ title: "Tune them more" });
    await repo.commit("Tune them most");
    await shop.reconcile();
    expect(repo.posts()).toEqual(before);
  });
});

describe("observing", () => {
  test("says what would have been held, and holds nothing", async () => {
    const repo = await shop.repository({ policy: OBSERVING });
    const sha = await repo.commit("Tune cache headers");
    expect(await repo.preDeploy(sha)).toEqual({
      state: "success",
      description: `observing only, would be held: 1 commit without ticket: ${sha.slice(0, 7)}`,
    });
    const report = await repo.report(sha);
    expect(report?.conclusion).toBe("success");
    expect(report?.title).toMatch(/^observing only, would be held: /);
  });
});

describe("on_unknown", () => {
  test("allow: what could not be verified is let through, and says so", async () => {
    const repo = await shop.repository({ policy: `on_unknown: allow\n${POLICY}` });
    const key = shop.ticket();
    shop.box.jira.lie({ kind: "unauthorized" });
    const sha = await repo.commit(`${key}: Charge in euros`);
    shop.box.jira.tellTheTruth();
    expect(await repo.preDeploy(sha)).toEqual({
      state: "success",
      description: `not verified, let through by on_unknown: allow: Jira refused Holdpoint's credentials (HTTP 401, GET /rest/api/3/field); not checked: ${key}`,
    });
  });

  test("allow: what fails is held all the same", async () => {
    const repo = await shop.repository({ policy: `on_unknown: allow\n${POLICY}` });
    shop.box.jira.lie({ kind: "unauthorized" });
    await repo.commit(`${shop.ticket()}: Charge in euros`);
    const sha = await repo.commit("Tune cache headers");
    shop.box.jira.tellTheTruth();
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: `1 commit without ticket: ${sha.slice(0, 7)}`,
    });
  });
});

describe("REL-67: a policy counts where it was merged", () => {
  test("a pull request that weakens it changes nothing for itself", async () => {
    const repo = await shop.repository();
    const { control } = shop.box.github;
    await control.commit({
      repository: repo.name,
      branch: "weaker",
      message: "Be kind",
      files: { [PATH]: OBSERVING },
    });
    const { number, headSha } = await control.openPullRequest({
      repository: repo.name,
      head: "weaker",
      title: "Be kind",
    });
    await shop.quiet();
    expect((await repo.tickets(headSha))?.state).toBe("failure");
    const { sha } = await control.mergePullRequest({ repository: repo.name, number, method: "merge" });
    await shop.quiet();
    expect((await repo.preDeploy(sha))?.description).toMatch(/^observing only, would be held: /);
  });

  test("one from a fork that weakens it changes nothing either", async () => {
    const repo = await shop.repository();
    const { control } = shop.box.github;
    const fork = `stranger/${repo.name.split("/")[1] ?? ""}`;
    await control.createRepository({
      owner: "stranger",
      name: fork.split("/")[1] ?? "",
      forkOf: repo.name,
    });
    await control.commit({
      repository: fork,
      branch: "main",
      message: "Be kind",
      files: { [PATH]: OBSERVING },
    });
    const { headSha } = await control.openPullRequest({
      repository: repo.name,
      fork,
      head: "main",
      title: "Be kind",
      by: "stranger",
    });
    await shop.quiet();
    expect((await repo.tickets(headSha))?.state).toBe("failure");
  });

  test("the policy of the deploy branch does not count where that is not the default branch", async () => {
    const repo = await shop.repository({ policy: POLICY.replace("deploy:", "deploy:\n  branch: deploy") });
    await shop.box.github.control.createBranch({ repository: repo.name, branch: "deploy", from: "main" });
    const sha = await repo.commit("Be kind", { branch: "deploy", files: { [PATH]: OBSERVING } });
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });

  test.each([
    ["a symbolic link", { symlink: "../elsewhere.yml" }],
    ["a submodule", { submodule: "0123456789012345678901234567890123456789" }],
  ] as const)("%s in its place is not followed: the last good one stays", async (what, file) => {
    const repo = await shop.repository();
    const sha = await repo.commit("Link it", {
      files: { [PATH]: file, "elsewhere.yml": OBSERVING },
    });
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
    expect((await repo.report(sha))?.text).toContain(what);
  });
});

describe("REL-68: a policy that is no good", () => {
  test("invalid: the last good one stays in force, and what is wrong is said with its line", async () => {
    const repo = await shop.repository();
    await repo.commit("Tune the policy", { files: { [PATH]: `${POLICY}grace: 72h\n` } });
    const sha = await repo.commit("Tune cache headers");
    const status = await repo.preDeploy(sha);
    expect(status?.state).toBe("failure");
    const report = await repo.report(sha);
    expect(report?.text).toContain("A newer policy has problems, so this older one stays in force:");
    expect(report?.text).toContain("`.github/holdpoint.yml:9:1` `grace`");
  });

  test("invalid from the first: nothing is checked, and its head says where the mistake is", async () => {
    const repo = await shop.repository({ policy: "deploys: yes\n" });
    const sha = await repo.commit("Tune cache headers");
    const status = await repo.preDeploy(sha);
    expect(status?.state).toBe("pending");
    expect(status?.description).toMatch(/^could not verify: \.github\/holdpoint\.yml line 1: /);
    const { head } = await repo.open({ title: "Tune them more" });
    expect(await repo.tickets(head)).toBeNull();
  });

  test("mended: the new one counts at once", async () => {
    const repo = await shop.repository();
    await repo.commit("Break it", { files: { [PATH]: "deploys: yes\n" } });
    const sha = await repo.commit("Mend it", { files: { [PATH]: OBSERVING } });
    expect((await repo.preDeploy(sha))?.description).toMatch(/^observing only/);
    expect((await repo.report(sha))?.text).not.toContain("older one stays");
  });

  test.each([
    ["an error", { kind: "server-error", status: 502 }],
    ["a page", { kind: "html" }],
    ["half of it", { kind: "truncated" }],
  ] as const)(
    "unreadable, for GitHub answers with %s: nothing is let go, and it is tried again",
    async (_, lie) => {
      const repo = await shop.repository();
      shop.box.github.lie({ ...lie, path: "Outline" });
      const sha = await repo.commit("Tune cache headers");
      expect(await repo.preDeploy(sha)).toBeNull();
      shop.box.github.tellTheTruth();
      await shop.tryAgain();
      expect(await repo.preDeploy(sha)).toEqual({
        state: "failure",
        description: `1 commit without ticket: ${sha.slice(0, 7)}`,
      });
    },
  );
});

describe("an organisation's defaults", () => {
  async function withDefaults(text: string, of: string): Promise<(policy: string | null) => Promise<Repo>> {
    await shop.spectatorOf(of);
    await shop.box.github.control.createRepository({ owner: of, name: ".github", files: { [PATH]: text } });
    return (policy) => shop.repository({ owner: of, policy });
  }

  test("count where a repository has no file of its own", async () => {
    const open = await withDefaults(POLICY, "acme-defaults");
    const repo = await open(null);
    const sha = await repo.commit("Tune cache headers");
    expect((await repo.preDeploy(sha))?.description).toBe(`1 commit without ticket: ${sha.slice(0, 7)}`);
  });

  test("are overridden by the repository's own file, key by key", async () => {
    const open = await withDefaults(POLICY, "acme-own");
    const repo = await open("mode: observe\n");
    const sha = await repo.commit("Tune cache headers");
    expect((await repo.preDeploy(sha))?.description).toBe(
      `observing only, would be held: 1 commit without ticket: ${sha.slice(0, 7)}`,
    );
  });
});
