import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openShop, type Repo, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterEach(() => shop.box.github.tellTheTruth());
afterAll(() => shop.close());

const MINUTE = 60_000;

function effects(repo: Repo) {
  return shop.db.database.query<{ kind: string; done: boolean; last_answer: string | null }>(
    `select kind, done_revision = revision as done, last_answer
       from holdpoint.effect where repository_id = $1 order by kind`,
    [repo.id],
  );
}

/** Check runs that really came to be. */
function made({ name }: Repo): number {
  return shop.box.github.requests
    .list()
    .filter(
      ({ method, path, status }) =>
        method === "POST" && path === `/repos/${name}/check-runs` && status === 201,
    ).length;
}

describe("what is posted", () => {
  test("an unchanged verdict posts nothing, however often and however much later it is looked at", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const sha = await repo.commit(`${key}: Charge in euros`);
    const before = repo.posts().length;
    for (let look = 0; look < 20; look += 1) {
      shop.pass(11 * MINUTE);
      await repo.pressCheckAgain(sha);
    }
    expect(repo.posts().length).toBe(before);
  });

  test("reconciliation posts nothing where nothing is missing", async () => {
    const repo = await shop.repository();
    await repo.open({ title: "Charge in euros" });
    const before = repo.posts().length;
    await shop.reconcile();
    await shop.reconcile();
    expect(repo.posts().length).toBe(before);
  });

  test("a changed verdict changes the same check run: there is one of a sha", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ risk: "" });
    const sha = await repo.commit(`${key}: Charge in euros`);
    const first = await repo.report(sha);
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "low" } });
    await shop.quiet();
    const second = await repo.report(sha);
    expect([first?.id === second?.id, first?.conclusion, second?.conclusion]).toEqual([
      true,
      "failure",
      "success",
    ]);
  });

  test.each([
    ["reset", { kind: "reset" }],
    ["broken off, after it was made", { kind: "broken-off" }],
    ["accepted, and never made", { kind: "accepted-and-nothing" }],
    ["an error", { kind: "server-error" }],
  ] as const)("a check run whose making was answered with: %s", async (_, lie) => {
    const repo = await shop.repository();
    shop.box.github.lie({ ...lie, method: "POST", path: "/check-runs", times: 1 });
    const before = made(repo);
    const sha = await repo.commit("Tune cache headers");
    await shop.tryAgain();
    expect((await repo.report(sha))?.conclusion).toBe("failure");
    expect(made(repo) - before).toBe(1);
    expect((await effects(repo)).map(({ done }) => done)).not.toContain(false);
  });

  test.each([
    ["reset", { kind: "reset" }],
    ["broken off", { kind: "broken-off" }],
    ["an error", { kind: "server-error" }],
  ] as const)("an answer to a comment whose writing was answered with: %s, is there once", async (_, lie) => {
    const repo = await shop.repository();
    const { number } = await repo.open({ title: "Charge in euros" });
    shop.box.github.lie({ ...lie, method: "POST", path: "/comments", times: 1 });
    await repo.comment(number, "/holdpoint check");
    await shop.tryAgain();
    expect(await repo.answers(number)).toEqual(["Looking again; the statuses follow in a moment."]);
  });

  test("REL-47: past 1,000 statuses on a sha the refusal is kept, and the check run still says it", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const { sha } = await shop.box.github.control.commit({
      repository: repo.name,
      branch: "prepared",
      message: `${key}: Charge in euros`,
      files: { "prepared.txt": "1" },
    });
    // Whatever others write is no news here, and a thousand webhooks take their time.
    shop.box.github.setWebhook(null);
    for (let count = 0; count < 1_000; count += 1) {
      await shop.box.github.control.setStatus({
        repository: repo.name,
        sha,
        context: "holdpoint/pre-deploy",
        state: "success",
        description: "forged",
      });
    }
    shop.box.connect(shop.holdpoint().url);
    await shop.box.github.control.forcePush({ repository: repo.name, branch: "main", to: sha });
    await shop.quiet();
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "" } });
    await shop.quiet();
    expect((await repo.report(sha))?.conclusion).toBe("failure");
    const [refused] = (await effects(repo)).filter(({ last_answer: said }) => said !== null);
    expect(refused?.kind).toBe("status");
    expect(refused?.last_answer).toMatch(/^422: /);
    expect(shop.logged().some((line) => line.includes("GitHub refused what was posted"))).toBe(true);
  });

  test("a newer wish is never overtaken by an older one", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ risk: "" });
    shop.box.github.lie({ kind: "server-error", method: "POST", path: "/statuses/" });
    const sha = await repo.commit(`${key}: Charge in euros`);
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "low" } });
    await shop.quiet();
    shop.box.github.tellTheTruth();
    await shop.tryAgain();
    expect(await repo.preDeploy(sha)).toEqual({
      state: "success",
      description: "production: 1 commit, 1 ticket",
    });
  });
});
