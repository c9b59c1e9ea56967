import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { A_WHILE, openShop, type Repo, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterEach(() => shop.box.github.tellTheTruth());
afterAll(() => shop.close());

const MINUTE = 60_000;

async function parkedJobs(): Promise<number> {
  return (await shop.holdpoint().queue.listParked(100)).length;
}

/** Green, and something that must not let a hold become green. */
async function held(): Promise<{ readonly repo: Repo; readonly sha: string; readonly said: string }> {
  const repo = await shop.repository();
  const sha = await repo.commit("Tune cache headers");
  return { repo, sha, said: `1 commit without ticket: ${sha.slice(0, 7)}` };
}

describe("REL-41: GitHub answers with what is no answer", () => {
  test.each([
    ["502", { kind: "server-error", status: 502 }],
    ["a page with status 200", { kind: "html" }],
    ["half of its JSON", { kind: "truncated" }],
    ["a connection that breaks off", { kind: "broken-off" }],
  ] as const)("%s while comparing: could not verify, then green by itself", async (_, lie) => {
    const repo = await shop.repository();
    const key = shop.ticket();
    shop.box.github.lie({ ...lie, path: "/compare/" });
    const sha = await repo.commit(`${key}: Charge in euros`);
    const status = await repo.preDeploy(sha);
    expect(status?.state).toBe("pending");
    expect(status?.description).toMatch(/^could not verify: what would go out is not known: GitHub /);
    shop.box.github.tellTheTruth();
    shop.pass(A_WHILE);
    await shop.tick("due looks");
    expect(await repo.preDeploy(sha)).toEqual({
      state: "success",
      description: "production: 1 commit, 1 ticket",
    });
  });

  test("REL-41, I8: whatever fails, a hold that stands is not lifted by it", async () => {
    const { repo, sha, said } = await held();
    const paths = ["Outline", "Branches", "/compare/", "CommitPullRequests", "OpenPullRequests"];
    const lies = [
      ...paths.flatMap((path) => [
        { kind: "not-found", path } as const,
        { kind: "forbidden", path } as const,
      ]),
      { kind: "server-error", path: "CommitPullRequests" } as const,
      { kind: "html", path: "/compare/" } as const,
    ];
    for (const lie of lies) {
      shop.box.github.lie(lie);
      await shop.look(repo.id);
      expect([lie, (await repo.preDeploy(sha))?.state]).not.toEqual([lie, "success"]);
      shop.box.github.tellTheTruth();
    }
    await shop.tryAgain();
    await shop.look(repo.id);
    expect(await repo.preDeploy(sha)).toEqual({ state: "failure", description: said });
  });

  test("what was to be posted is posted when GitHub is back", async () => {
    const repo = await shop.repository();
    shop.box.github.lie({ kind: "server-error", method: "POST", path: "/statuses/" });
    const sha = await repo.commit("Tune cache headers");
    expect(await repo.preDeploy(sha)).toBeNull();
    shop.box.github.tellTheTruth();
    await shop.tryAgain();
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });
});

describe("REL-42, 43: GitHub's limits", () => {
  test.each([
    ["primary", { kind: "primary-limit", status: 403, retryAfterSeconds: 600 }],
    ["primary, as 429", { kind: "primary-limit", status: 429, retryAfterSeconds: 600 }],
    ["secondary, with a moment", { kind: "secondary-limit", retryAfterSeconds: 600 }],
    ["secondary, without one", { kind: "secondary-limit", retryAfterSeconds: null }],
  ] as const)(
    "%s: no call of that installation before its end, others go on, nothing is lost",
    async (_, lie) => {
      const [limited, other] = [
        await shop.repository({
          owner: `limited-${lie.kind}-${lie.retryAfterSeconds ?? 0}-${"status" in lie ? lie.status : 0}`,
        }),
        await shop.repository(),
      ];
      shop.box.github.lie({ ...lie, path: "Outline", times: 1 });
      const sha = await limited.commit("Tune cache headers");
      const calls = shop.box.github.requests.list().length;
      shop.pass(30_000);
      await shop.tryAgain();
      expect(shop.box.github.requests.list().length).toBe(calls);

      const elsewhere = await other.commit("Tune cache headers");
      expect((await other.preDeploy(elsewhere))?.state).toBe("failure");

      shop.pass(12 * MINUTE);
      await shop.tryAgain();
      expect(await limited.preDeploy(sha)).toEqual({
        state: "failure",
        description: `1 commit without ticket: ${sha.slice(0, 7)}`,
      });
    },
  );
});

describe("REL-44, 45: tokens", () => {
  test("a token that has expired is renewed, once, in the middle of the work", async () => {
    const repo = await shop.repository();
    shop.box.github.lie({ kind: "unauthorized", path: "Outline", times: 1 });
    const sha = await repo.commit("Tune cache headers");
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });

  test("an hour later the next token is asked for", async () => {
    const repo = await shop.repository();
    await repo.commit("Tune cache headers");
    shop.pass(61 * MINUTE);
    const sha = await repo.commit("Tune them more");
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });

  test("404 where tokens are minted is not taken for “uninstalled”", async () => {
    const repo = await shop.repository();
    shop.pass(61 * MINUTE);
    shop.box.github.lie({ kind: "not-found", path: "/access_tokens", times: 1 });
    const sha = await repo.commit("Tune cache headers");
    await shop.tryAgain();
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });
});

describe("REL-46: what is there and cannot be seen", () => {
  test("403 is held, and read again by reconciliation", async () => {
    const repo = await shop.repository();
    shop.box.github.lie({ kind: "forbidden", path: "Outline" });
    const sha = await repo.commit("Tune cache headers");
    expect(await repo.preDeploy(sha)).toBeNull();
    shop.box.github.tellTheTruth();
    await shop.reconcile();
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });

  test("a repository that GitHub hides for a moment is not taken for gone", async () => {
    const repo = await shop.repository();
    shop.box.github.lie({ kind: "not-found", method: "GET", path: `/repos/${repo.name}` });
    await shop.reconcile();
    shop.box.github.tellTheTruth();
    await shop.tryAgain();
    const [stored] = await shop.db.database.query<{ gone: string | null }>(
      "select gone from holdpoint.repository where id = $1",
      [repo.id],
    );
    expect(stored).toEqual({ gone: null });
    shop.box.github.lie({ kind: "delivery-lost" });
    const sha = await repo.commit("Tune cache headers");
    await shop.reconcile();
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });

  test("a lagging read of the branch is made good by the next look", async () => {
    const repo = await shop.repository();
    shop.box.github.lie({ kind: "lagging", path: "Branches", times: 1 });
    const sha = await repo.commit("Tune cache headers");
    await shop.reconcile();
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });
});

test("REL-49: every page is read", async () => {
  const repo = await shop.repository();
  const key = shop.ticket();
  await shop.box.github.control.bulkCommits({
    repository: repo.name,
    branch: "main",
    count: 250,
    message: `${key}: change {n}`,
  });
  await shop.quiet();
  const sha = await repo.commit(`${key}: the last one`);
  expect(await repo.preDeploy(sha)).toEqual({
    state: "success",
    description: "production: 251 commits, 1 ticket",
  });
});

test("nothing of all this is parked for good that should have been tried again", async () => {
  expect(await parkedJobs()).toBe(0);
});
