import { createHmac, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Delivery } from "../../src/sandbox/github/webhooks/deliveries.ts";
import { openShop, type Repo, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterEach(() => shop.box.github.tellTheTruth());
afterAll(() => shop.close());

const HOUR = 60 * 60_000;

function stored(guid: string) {
  return shop.db.database.query<{ state: string; redeliveries: number; reason: string | null }>(
    "select state, redeliveries, reason from holdpoint.delivery where id = $1",
    [guid],
  );
}

function last(event: string): Delivery {
  const found = shop.box.github.deliveries.list().find((one) => one.event === event);
  if (found === undefined) throw new Error(`no ${event} was delivered`);
  return found;
}

/** The same delivery with another body, signed as GitHub would. */
function altered(delivery: Delivery, change: (body: string) => string): Delivery {
  const body = change(delivery.body);
  const signature = createHmac("sha256", "sandbox-webhook-secret").update(body).digest("hex");
  return {
    ...delivery,
    body,
    requestHeaders: { ...delivery.requestHeaders, "x-hub-signature-256": `sha256=${signature}` },
  };
}

async function postsOf(repo: Repo, during: () => Promise<unknown>): Promise<number> {
  const before = repo.posts().length;
  await during();
  return repo.posts().length - before;
}

describe("what comes twice", () => {
  test("every delivery twice, as GitHub may: each effect once", async () => {
    shop.box.github.lie({ kind: "delivery-twice" });
    const repo = await shop.repository();
    const sha = await repo.commit("Tune cache headers");
    const { number } = await repo.open({ title: "Tune them more" });
    await repo.comment(number, "/holdpoint help");
    // The verdict and the gate.
    expect(repo.posts().filter((post) => post.endsWith(`/statuses/${sha}`)).length).toBe(2);
    expect((await repo.answers(number)).length).toBe(1);
    expect((await repo.report(sha))?.conclusion).toBe("failure");
  });

  test("REL-06: again what succeeded: taken, noted, and nothing done", async () => {
    const repo = await shop.repository();
    await repo.commit("Tune cache headers");
    const push = last("push");
    expect(await postsOf(repo, () => shop.deliverAgain(push, push.guid))).toBe(0);
    expect(await stored(push.guid)).toMatchObject([{ state: "processed", redeliveries: 1 }]);
  });

  test("REL-08: an old body under a new GUID changes nothing, and is noticed", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const old = await repo.commit("Tune cache headers");
    const push = last("push");
    const sha = await repo.commit(`Revert "Tune cache headers"\n\nThis reverts commit ${old}.`);
    await repo.commit(`${key}: Charge in euros`);
    shop.pass(30 * 24 * HOUR);
    expect(await postsOf(repo, () => shop.deliverAgain(push))).toBe(0);
    expect((await repo.preDeploy(sha))?.state).toBe("success");
    expect(shop.logged().some((line) => line.includes("a delivery repeats the body"))).toBe(true);
  });

  test("REL-08: an old “closed” does not close what is open again", async () => {
    const repo = await shop.repository();
    const { control } = shop.box.github;
    const { number, head } = await repo.open({ title: "Charge in euros" });
    await control.editPullRequest({ repository: repo.name, number, state: "closed" });
    await shop.quiet();
    const closed = last("pull_request");
    await control.editPullRequest({ repository: repo.name, number, state: "open" });
    await shop.quiet();
    await shop.deliverAgain(closed);
    const key = shop.ticket();
    await control.editPullRequest({ repository: repo.name, number, title: `${key}: Charge in euros` });
    await shop.quiet();
    expect((await repo.tickets(head))?.state).toBe("success");
  });
});

describe("what never comes", () => {
  test("REL-16, 17: lost on the way: reconciliation finds it", async () => {
    const repo = await shop.repository();
    shop.box.github.lie({ kind: "delivery-lost" });
    const sha = await repo.commit("Tune cache headers");
    const { head } = await repo.open({ title: "Tune them more" });
    expect([await repo.preDeploy(sha), await repo.tickets(head)]).toEqual([null, null]);
    await shop.reconcile();
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
    expect((await repo.tickets(head))?.state).toBe("failure");
  });

  test("REL-16: refused while nobody was there: asked for again, under its GUID", async () => {
    const repo = await shop.repository();
    shop.box.github.lie({ kind: "delivery-refused" });
    const sha = await repo.commit("Tune cache headers");
    const refused = last("push");
    expect(await repo.preDeploy(sha)).toBeNull();
    shop.box.github.tellTheTruth();
    await shop.tick("failed deliveries");
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
    expect(await stored(refused.guid)).toMatchObject([{ state: "processed" }]);
  });

  test("REL-16: what arrived after all is not asked for again", async () => {
    const repo = await shop.repository();
    await repo.commit("Tune cache headers");
    await shop.tick("failed deliveries");
    const before = shop.box.github.deliveries.list().length;
    await shop.tick("failed deliveries");
    expect(shop.box.github.deliveries.list().length).toBe(before);
  });

  test("REL-17: a whole service that was away for 73 hours reaches the right state by reading alone", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ risk: "" });
    const { number, head } = await repo.open({ title: `${key}: Charge in euros` });
    await shop.stop();
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "low" } });
    const { control } = shop.box.github;
    const merged = await control.mergePullRequest({ repository: repo.name, number, method: "merge" });
    const { sha: plain } = await control.commit({
      repository: repo.name,
      branch: "main",
      message: "Tune cache headers",
      files: { "cache.txt": "1" },
    });
    await shop.box.settled();
    shop.pass(73 * HOUR);
    await shop.start();
    await shop.reconcile();
    expect(await repo.preDeploy(plain)).toEqual({
      state: "failure",
      description: `1 commit without ticket: ${plain.slice(0, 7)}`,
    });
    expect(merged.sha).not.toBe(head);
  });
});

describe("what comes from nobody we know", () => {
  test("REL-10: another App's delivery is kept with its reason and does nothing", async () => {
    const repo = await shop.repository();
    await repo.commit("Tune cache headers");
    const push = last("push");
    const guid = randomUUID();
    const theirs = {
      ...push,
      requestHeaders: { ...push.requestHeaders, "x-github-hook-installation-target-id": "4711" },
    };
    expect(await postsOf(repo, () => shop.deliverAgain(theirs, guid))).toBe(0);
    expect((await stored(guid))[0]?.state).toBe("ignored");
  });

  test("REL-10: an installation that does not exist: no call with anybody else's token, nothing posted", async () => {
    const repo = await shop.repository();
    await repo.commit("Tune cache headers");
    const push = altered(last("push"), (body) => {
      const payload: unknown = JSON.parse(body);
      return JSON.stringify({ ...asFields(payload), installation: { id: 99_999_999 } });
    });
    const guid = randomUUID();
    expect(await postsOf(repo, () => shop.deliverAgain(push, guid))).toBe(0);
    const sha = await repo.commit("Tune them more");
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });

  test("REL-09: under the name of another event it is parked", async () => {
    await shop.repository();
    const push = last("push");
    const guid = randomUUID();
    const renamed = { ...push, requestHeaders: { ...push.requestHeaders, "x-github-event": "check_run" } };
    await shop.deliverAgain(renamed, guid);
    expect((await stored(guid))[0]?.state).toBe("parked");
  });
});

describe("any order", () => {
  test("REL-12, P6, I7: the same deliveries in any order end in the same statuses", async () => {
    const [one, other] = [shop.ticket(), shop.ticket({ risk: "" })];
    async function live(shuffle: (deliveries: Delivery[]) => Delivery[]): Promise<readonly unknown[]> {
      const repo = await shop.repository();
      const { control } = shop.box.github;
      const from = shop.box.github.deliveries.list().length;
      shop.box.github.lie({ kind: "delivery-refused" });
      const base = { repository: repo.name, branch: "main" };
      const first = await control.commit({ ...base, message: `${one}: a`, files: { "a.txt": "1" } });
      const { number } = await control.openPullRequest({
        repository: repo.name,
        head: (await control.createBranch({ repository: repo.name, branch: "b", from: "main" }), "b"),
        title: `${other}: b`,
      });
      const second = await control.commit({ ...base, branch: "b", message: "b", files: { "b.txt": "1" } });
      await control.editPullRequest({ repository: repo.name, number, title: `${one}: b` });
      const merged = await control.mergePullRequest({ repository: repo.name, number, method: "merge" });
      const third = await control.commit({ ...base, message: "c", files: { "c.txt": "1" } });
      shop.box.github.tellTheTruth();
      const { list } = shop.box.github.deliveries;
      const told = list()
        .slice(0, list().length - from)
        .toReversed();
      for (const delivery of shuffle([...told])) await shop.deliverAgain(delivery, delivery.guid);
      const shas = [first.sha, second.sha, merged.sha, third.sha];
      const seen = await Promise.all(
        shas.map(async (sha) => [(await repo.preDeploy(sha))?.state, (await repo.tickets(sha))?.state]),
      );
      return seen.slice(-1);
    }
    const inOrder = await live((deliveries) => deliveries);
    const backwards = await live((deliveries) => deliveries.toReversed());
    const odd = await live((deliveries) => [
      ...deliveries.filter((_, index) => index % 2 === 1),
      ...deliveries.filter((_, index) => index % 2 === 0),
    ]);
    expect(inOrder).toEqual([["failure", undefined]]);
    expect([backwards, odd]).toEqual([inOrder, inOrder]);
  });

  test("REL-15: a thousand deliveries at once: all are taken, and each head has one status of each name", async () => {
    const repo = await shop.repository();
    const shas: string[] = [];
    shop.box.github.lie({ kind: "delivery-refused" });
    for (let count = 0; count < 100; count += 1) {
      const { sha } = await shop.box.github.control.commit({
        repository: repo.name,
        branch: "main",
        message: "Tune cache headers",
        files: { [`burst-${count}.txt`]: "1" },
      });
      shas.push(sha);
    }
    shop.box.github.tellTheTruth();
    const pushes = shop.box.github.deliveries
      .list()
      .filter(({ event, repositoryId }) => event === "push" && repositoryId === repo.id)
      .slice(0, 100);
    const burst = Array.from({ length: 10 }, () => pushes).flat();
    const answers = await Promise.all(burst.map((one) => shop.send(one, randomUUID())));
    await shop.quiet();
    expect(answers.filter((status) => status !== 202)).toEqual([]);
    const [row] = await shop.db.database.query<{ count: string }>(
      "select count(*) from holdpoint.delivery where state = 'received'",
    );
    expect(row?.count).toBe("0");
    const head = shas.at(-1) ?? "";
    expect((await repo.preDeploy(head))?.state).toBe("failure");
    // The verdict and the gate.
    expect(repo.posts().filter((post) => post.endsWith(`/statuses/${head}`)).length).toBe(2);
  }, 60_000);
});

function asFields(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) throw new Error("a payload is an object");
  return { ...value };
}
