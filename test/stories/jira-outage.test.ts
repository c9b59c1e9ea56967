import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { A_WHILE, openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterEach(() => shop.box.jira.tellTheTruth());
afterAll(() => shop.close());

const MINUTE = 60_000;

describe("REL-72: Jira does not answer as it should", () => {
  test.each([
    ["unauthorized", "Jira refused Holdpoint's credentials (HTTP 401"],
    ["anonymous", "Jira refused Holdpoint's credentials"],
    ["captcha", "Jira asks Holdpoint's user to solve a captcha first"],
    ["forbidden", "Jira forbids Holdpoint to read it"],
    ["gone", "Jira no longer has the address that Holdpoint asked"],
    ["rate-limited", "Jira's rate limit is used up"],
    ["server-error", "Jira answered with an error of its own"],
    ["unavailable", "Jira answered with an error of its own"],
    ["redirect", "Jira sent Holdpoint to another address, which it does not follow"],
    ["login-page", "Jira answered with a page instead of data"],
    ["truncated", "Jira's answer broke off before its end"],
    // Sometimes before its first byte is there, sometimes after.
    ["broken-off", "Jira"],
  ] as const)("%s is “could not verify”, and green by itself when it ends", async (kind, said) => {
    const repo = await shop.repository();
    const key = shop.ticket();
    shop.box.jira.lie({ kind, path: "bulkfetch" });
    const sha = await repo.commit(`${key}: Charge in euros`);
    const status = await repo.preDeploy(sha);
    expect(status?.state).toBe("pending");
    expect(status?.description.slice(0, `could not verify: ${said}`.length)).toBe(
      `could not verify: ${said}`,
    );
    expect((await repo.report(sha))?.conclusion).toBe("action_required");

    shop.box.jira.tellTheTruth();
    shop.pass(A_WHILE);
    await shop.tick("due looks");
    expect(await repo.preDeploy(sha)).toEqual({
      state: "success",
      description: "production: 1 commit, 1 ticket",
    });
  });

  test("what certainly fails is still said", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    shop.box.jira.lie({ kind: "unavailable" });
    await repo.commit(`${key}: Charge in euros`);
    const sha = await repo.commit("Tune cache headers");
    shop.box.jira.tellTheTruth();
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: `1 commit without ticket: ${sha.slice(0, 7)}`,
    });
    expect((await repo.report(sha))?.title).toBe(`1 commit without ticket: ${sha.slice(0, 7)}`);
  });

  test("a pull request's door says the same", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    shop.box.jira.lie({ kind: "unavailable" });
    const { head } = await repo.open({ title: `${key}: Charge in euros` });
    expect((await repo.tickets(head))?.state).toBe("pending");
    shop.box.jira.tellTheTruth();
    shop.pass(A_WHILE);
    await shop.tick("due looks");
    expect((await repo.tickets(head))?.state).toBe("success");
  });

  test("an outage of three hours is not written down every minute", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    shop.box.jira.lie({ kind: "rate-limited", retryAfterSeconds: 90 });
    const sha = await repo.commit(`${key}: Charge in euros`);
    const before = repo.posts().length;
    for (let look = 0; look < 20; look += 1) {
      shop.pass(9 * MINUTE);
      await shop.tick("due looks");
    }
    // Which address of Jira's failed may be said anew by the verdict and by the gate, no more.
    expect(repo.posts().length - before).toBeLessThanOrEqual(4);
    expect((await repo.preDeploy(sha))?.state).toBe("pending");
    shop.box.jira.tellTheTruth();
    // The pause between two looks has grown to its longest.
    shop.pass(15 * MINUTE);
    await shop.tick("due looks");
    expect((await repo.preDeploy(sha))?.state).toBe("success");
  });

  test("Jira is left alone until the moment that it named", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    shop.box.jira.lie({ kind: "rate-limited", retryAfterSeconds: 600 });
    await repo.commit(`${key}: Charge in euros`);
    // Whatever the tests before have left to be looked at.
    shop.pass(A_WHILE);
    await shop.tick("due looks");
    const asked = shop.jiraCalls();
    shop.pass(6 * MINUTE);
    await shop.tick("due looks");
    expect(shop.jiraCalls()).toBe(asked);
    shop.box.jira.tellTheTruth();
    shop.pass(4 * MINUTE);
    await shop.tick("due looks");
    expect(shop.jiraCalls()).toBeGreaterThan(asked);
  });
});

describe("Jira's webhooks", () => {
  test("one that nobody signed is refused", async () => {
    const refused = await fetch(`${shop.holdpoint().url}/api/jira/webhooks`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-atlassian-webhook-identifier": "1" },
      body: JSON.stringify({ webhookEvent: "jira:issue_updated", issue: { key: "PLAY-1" } }),
    });
    expect(refused.status).toBe(401);
  });

  test("a ticket that nobody carries makes nobody look", async () => {
    const key = shop.ticket();
    const before = shop.box.github.requests.list().length;
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "" } });
    await shop.quiet();
    expect(shop.box.github.requests.list().length).toBe(before);
  });

  test("every open head that carries the ticket is looked at", async () => {
    const [one, other] = [await shop.repository(), await shop.repository()];
    const key = shop.ticket();
    const pushed = await one.commit(`${key}: Charge in euros`);
    const { head } = await other.open({ title: `${key}: Charge in euros` });
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "" } });
    await shop.quiet();
    const said = { state: "failure", description: `1 ticket lacks “Risk assessment”: ${key}` };
    expect([await one.preDeploy(pushed), await other.tickets(head)]).toEqual([said, said]);
  });

  test("a deleted ticket is noticed", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const sha = await repo.commit(`${key}: Charge in euros`);
    shop.box.jira.remove(key);
    await shop.quiet();
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: `1 ticket not found or not visible to Holdpoint: ${key}`,
    });
  });
});
