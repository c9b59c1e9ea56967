import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { upsertInstallation } from "../../../src/store/installation.ts";
import { silentLog } from "../../database/loud-log.ts";
import { type OpenCockpit, openCockpit } from "../open-cockpit.ts";
import { type Browser, openBrowser } from "./browser.ts";
import { openProbe, type Probe } from "./probe.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let cockpit: OpenCockpit;
let shop: RepositoryFacts;
let secret: RepositoryFacts;
let probe: Probe;
let browser: Browser;
beforeAll(async () => {
  cockpit = await openCockpit({ log: silentLog });
  shop = await cockpit.repository("acme/storefront");
  secret = await cockpit.repository("acme/secret");
  probe = openProbe(cockpit);
});
beforeEach(async () => {
  cockpit.people.answers();
  cockpit.people.tokensEndAfter(8 * HOUR);
  cockpit.people.shows("octocat", [[shop, "write"]]);
  browser = openBrowser(probe);
  await browser.signIn("octocat");
  cockpit.people.asked.length = 0;
});
afterAll(() => cockpit.close());

async function statusOf(path = "/acme/storefront"): Promise<number> {
  return (await browser.get(path)).status;
}

describe("REL-76: what somebody sees", () => {
  test("ends within five minutes of being taken away at GitHub, and begins as soon when it is given", async () => {
    expect([await statusOf(), await statusOf("/acme/secret")]).toEqual([200, 404]);
    cockpit.people.shows("octocat", [[secret, "read"]]);
    cockpit.pass(5 * MINUTE);
    expect([await statusOf(), await statusOf("/acme/secret")]).toEqual([404, 200]);
  });

  test("is asked once for many pages at once, and not again before it is due", async () => {
    cockpit.pass(3 * MINUTE);
    expect(await statusOf()).toBe(200);
    expect(cockpit.people.asked).toEqual([]);
    cockpit.pass(2 * MINUTE);
    const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf()));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(cockpit.people.asked).toEqual(["listRepositories octocat"]);
  });

  test("is asked again behind the page after four minutes: whoever goes on working never waits", async () => {
    cockpit.people.shows("octocat", []);
    cockpit.pass(4 * MINUTE);
    const letGo = cockpit.people.holds();
    expect(await statusOf()).toBe(200);
    await expect.poll(() => cockpit.people.asked).toEqual(["listRepositories octocat"]);
    letGo();
    await expect.poll(() => statusOf()).toBe(404);
    expect(cockpit.people.asked).toEqual(["listRepositories octocat"]);
  });

  test("stands for five minutes while GitHub does not answer, and then nothing is shown at all", async () => {
    cockpit.people.isAway();
    cockpit.pass(5 * MINUTE - 1);
    expect(await statusOf()).toBe(200);
    cockpit.pass(1);
    const answer = await browser.get("/acme/storefront?environment=staging");
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("15");
    const text = await answer.text();
    expect(text).toContain("GitHub is not answering");
    expect(text).toContain("5 min ago");
    expect(text).toContain('href="/acme/storefront?environment=staging"');
    cockpit.people.answers();
    expect(await statusOf()).toBe(200);
  });

  test("is nothing of an installation that is suspended, and nothing that Holdpoint does not know", async () => {
    const unknown = {
      ...secret,
      id: (await cockpit.repository("other/place")).id,
      owner: "never",
      name: "heard",
    };
    cockpit.people.shows("octocat", [
      [shop, "write"],
      [unknown, "admin"],
    ]);
    cockpit.pass(5 * MINUTE);
    expect(await statusOf("/never/heard")).toBe(404);
    const installation = { id: shop.installationId, account: { id: 1, login: "acme" } };
    const { database } = cockpit.db;
    await upsertInstallation(database, { ...installation, state: "suspended" }, cockpit.now());
    expect(await statusOf()).toBe(404);
    await upsertInstallation(database, { ...installation, state: "active" }, cockpit.now());
    expect(await statusOf()).toBe(200);
  });

  test("ends with the token: somebody who took it back at GitHub signs in again, and comes back", async () => {
    cockpit.people.refuses("octocat");
    cockpit.pass(5 * MINUTE);
    const answer = await browser.get("/acme/storefront?environment=staging");
    expect([answer.status, answer.headers.get("location")]).toEqual([
      302,
      "/-/sign-in?return_to=%2Facme%2Fstorefront%3Fenvironment%3Dstaging",
    ]);
    expect(browser.cookies.has("holdpoint")).toBe(false);
  });
});

describe("a token that has ended", () => {
  test("is refreshed, unseen, and the session goes on", async () => {
    cockpit.pass(8 * HOUR);
    expect(await statusOf()).toBe(200);
    expect(cockpit.people.asked).toEqual(["refresh octocat", "listRepositories octocat"]);
    cockpit.pass(8 * HOUR);
    expect(await statusOf()).toBe(200);
  });

  test("is refreshed once by two replicas at the same time: the token for it works once", async () => {
    const other = openProbe(cockpit);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    cockpit.pass(8 * HOUR);
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const { app } = index % 2 === 0 ? probe : other;
        return (await app.request("http://127.0.0.1:3000/acme/storefront", { headers: { cookie } })).status;
      }),
    );
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(cockpit.people.asked.filter((what) => what === "refresh octocat")).toHaveLength(1);
  });

  test("is refreshed later where GitHub did not answer", async () => {
    cockpit.pass(8 * HOUR);
    cockpit.people.isAway();
    expect(await statusOf()).toBe(503);
    cockpit.people.answers();
    expect(await statusOf()).toBe(200);
  });

  test("ends the session where GitHub refuses to refresh it", async () => {
    cockpit.people.refuses("octocat");
    cockpit.pass(8 * HOUR);
    expect(await statusOf()).toBe(302);
    expect(browser.cookies.has("holdpoint")).toBe(false);
  });
});

describe("without a session", () => {
  test.each([
    ["a page that asks by itself", { "hx-request": "true" }],
    ["an event stream", { accept: "text/event-stream" }],
  ])("%s is refused, and is not led anywhere", async (_, headers) => {
    const answer = await openBrowser(probe).get("/acme/storefront", headers);
    expect([answer.status, answer.headers.get("hx-trigger"), await answer.text()]).toEqual([
      401,
      "signed-out",
      "",
    ]);
  });

  test("a cookie that is nobody's leads to sign-in", async () => {
    for (const cookie of ["holdpoint=", "holdpoint=x", `holdpoint=${"A".repeat(43)}`, "holdpoint=%00"]) {
      expect((await openBrowser(probe).get("/acme/storefront", { cookie })).status).toBe(302);
    }
  });

  test("REL-76: a path that browsers take for another site is not where anybody comes back to", async () => {
    const answer = await openBrowser(probe).get("//evil.example/x");
    expect(answer.headers.get("location")).toBe("/-/sign-in?return_to=%2F");
  });
});
