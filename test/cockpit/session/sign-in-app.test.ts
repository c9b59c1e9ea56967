import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { createLog } from "../../../src/log.ts";
import { type OpenCockpit, openCockpit } from "../open-cockpit.ts";
import { openBrowser } from "./browser.ts";
import { openProbe, type Probe } from "./probe.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let cockpit: OpenCockpit;
let probe: Probe;
let shop: RepositoryFacts;
/** Everything that is logged, with nothing struck out. */
const lines: string[] = [];
beforeAll(async () => {
  const log = createLog({
    level: "debug",
    clock: { now: () => new Date() },
    write: (line) => void lines.push(line),
    secrets: [],
  });
  cockpit = await openCockpit({ log });
  shop = await cockpit.repository("acme/storefront");
  probe = openProbe(cockpit);
});
beforeEach(() => {
  cockpit.people.answers();
  cockpit.people.asked.length = 0;
  cockpit.people.shows("octocat", [[shop, "write"]]);
  cockpit.people.shows("mallory", []);
});
afterAll(() => cockpit.close());

async function isIn(cookies: ReadonlyMap<string, string>): Promise<boolean> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  return (await openBrowser(probe).get("/acme/storefront", { cookie })).status === 200;
}

describe("signing in", () => {
  test("leads to GitHub and back to where somebody wanted to go", async () => {
    const browser = openBrowser(probe);
    const away = await browser.get("/acme/storefront?environment=staging");
    const page = await browser.get(away.headers.get("location") ?? "");
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain("Then you come back to /acme/storefront?environment=staging.");
    const [, next = ""] = /href="(\/-\/sign-in\/github[^"]*)"/.exec(text) ?? [];
    const sent = await browser.get(next);
    const address = new URL(sent.headers.get("location") ?? "");
    expect(`${address.origin}${address.pathname}`).toBe("https://github.com/login/oauth/authorize");
    expect(address.searchParams.get("redirect_uri")).toBe("http://127.0.0.1:3000/signed-in");
    expect(address.searchParams.get("code_challenge")).toMatch(/^[\w-]{43}$/);
    const back = await browser.finish(address.searchParams.get("state") ?? "", "octocat");
    expect(back.status).toBe(303);
    expect(back.headers.get("location")).toBe("/acme/storefront?environment=staging");
    expect((await browser.get("/acme/storefront")).status).toBe(200);
    expect([...browser.cookies.keys()]).toEqual(["holdpoint"]);
  });

  test("is over at once for those who are signed in", async () => {
    const browser = openBrowser(probe);
    await browser.signIn("octocat");
    const again = await browser.get("/-/sign-in?return_to=/acme/storefront");
    expect([again.status, again.headers.get("location")]).toEqual([302, "/acme/storefront"]);
  });

  test("REL-76: sets cookies that no script, no plain http and no other site gets to see", async () => {
    const https = await openCockpit({ publicUrl: () => "https://holdpoint.example.com" });
    https.people.shows("octocat", []);
    const browser = openBrowser(https, "https://holdpoint.example.com");
    const sent = await browser.get("/-/sign-in/github");
    const state = new URL(sent.headers.get("location") ?? "").searchParams.get("state") ?? "";
    const back = await browser.finish(state, "octocat");
    const [begun = ""] = sent.headers.getSetCookie();
    const session = back.headers.getSetCookie().find((line) => line.startsWith("__Host-holdpoint="));
    const cookie =
      /^__Host-holdpoint(?:-sign-in)?=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/;
    expect(begun).toMatch(cookie);
    expect(session).toMatch(cookie);
    await https.close();
  });
});

describe("REL-76: what GitHub sends back signs nobody in", () => {
  test("without a state, or with one that was never given", async () => {
    const browser = openBrowser(probe);
    await browser.begin();
    for (const state of ["", "invented", "A".repeat(43)]) {
      const answer = await browser.finish(state, "mallory");
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain(
        "It was not begun in this browser, was finished already, or took longer than 10 minutes. Nobody was signed in by it.",
      );
    }
    expect(browser.cookies.has("holdpoint")).toBe(false);
    expect(cockpit.people.asked).toEqual([]);
  });

  test("in another browser than the one that began it: nobody is signed in as somebody else unawares", async () => {
    const attacker = openBrowser(probe);
    const state = await attacker.begin();
    const stranger = openBrowser(probe);
    expect((await stranger.finish(state, "mallory")).status).toBe(400);
    const victim = openBrowser(probe);
    await victim.begin();
    const other = await attacker.begin();
    expect((await victim.finish(other, "mallory")).status).toBe(400);
    expect(victim.cookies.has("holdpoint")).toBe(false);
    expect(cockpit.people.asked).toEqual([]);
  });

  test("a second time", async () => {
    const browser = openBrowser(probe);
    const state = await browser.begin();
    const cookie = browser.cookies.get("holdpoint-sign-in") ?? "";
    expect((await browser.finish(state, "octocat")).status).toBe(303);
    const thief = openBrowser(probe);
    thief.cookies.set("holdpoint-sign-in", cookie);
    expect((await thief.finish(state, "octocat")).status).toBe(400);
  });

  test("after ten minutes", async () => {
    const browser = openBrowser(probe);
    const state = await browser.begin();
    cockpit.pass(10 * MINUTE);
    expect((await browser.finish(state, "octocat")).status).toBe(400);
  });

  test("with a code that was given to another browser", async () => {
    const attacker = openBrowser(probe);
    const victim = openBrowser(probe);
    const state = await victim.begin();
    // From now on codes are bound to this challenge.
    await attacker.begin();
    const answer = await victim.finish(state, "mallory");
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(
      "GitHub no longer takes what it sent you back with. Signing in once more is all it needs.",
    );
  });
});

test.each([
  ["//evil.example/x"],
  ["/\\evil.example"],
  ["https://evil.example/"],
  ["javascript:alert(1)"],
  ["/\t/evil.example"],
  ["/x/..//evil.example"],
  ["@evil.example"],
  ["/signed-in?code=x"],
])("REL-76: nobody is sent on to %s", async (returnTo) => {
  const browser = openBrowser(probe);
  const page = await browser.get(`/-/sign-in?return_to=${encodeURIComponent(returnTo)}`);
  expect(await page.text()).not.toContain("evil.example");
  const back = await browser.signIn("octocat", returnTo);
  expect(back.headers.get("location")).toBe("/");
  const again = await browser.get(`/-/sign-in?return_to=${encodeURIComponent(returnTo)}`);
  expect(again.headers.get("location")).toBe("/");
});

describe("a session", () => {
  test("REL-76: has a name that nobody can have known: one that was planted is not taken over", async () => {
    const planted = "A".repeat(43);
    const browser = openBrowser(probe);
    browser.cookies.set("holdpoint", planted);
    await browser.signIn("octocat");
    expect(browser.cookies.get("holdpoint")).not.toBe(planted);
    expect(await isIn(new Map([["holdpoint", planted]]))).toBe(false);
    expect(await isIn(browser.cookies)).toBe(true);
  });

  test("REL-76: of before is over when somebody signs in anew in the same browser", async () => {
    const browser = openBrowser(probe);
    await browser.signIn("octocat");
    const former = new Map(browser.cookies);
    const state = await browser.begin();
    await browser.finish(state, "octocat");
    expect(await isIn(former)).toBe(false);
    expect(await isIn(browser.cookies)).toBe(true);
  });

  test("REL-76: is dead after sign-out, whoever has a copy of its cookie, and so is its token at GitHub", async () => {
    const browser = openBrowser(probe);
    await browser.signIn("octocat");
    const stolen = new Map(browser.cookies);
    const out = await browser.post("/-/sign-out", { token: "" });
    expect([out.status, out.headers.get("location")]).toEqual([303, "/-/sign-in?signed_out"]);
    expect(browser.cookies.has("holdpoint")).toBe(false);
    expect(await isIn(stolen)).toBe(false);
    expect(cockpit.people.asked.at(-1)).toBe("revoke octocat");
    expect(await (await browser.get("/-/sign-in?signed_out")).text()).toContain("You are signed out");
  });

  test("is dead after sign-out even where GitHub does not answer", async () => {
    const browser = openBrowser(probe);
    await browser.signIn("octocat");
    const stolen = new Map(browser.cookies);
    cockpit.people.isAway();
    expect((await browser.post("/-/sign-out", {})).status).toBe(303);
    cockpit.people.answers();
    expect(await isIn(stolen)).toBe(false);
  });

  test.each([
    ["another site", { origin: "https://evil.example" }],
    ["nowhere", { origin: "null" }],
    ["a neighbour", { origin: "http://127.0.0.1:4000" }],
  ])("REL-76: is not ended by %s", async (_, headers) => {
    const browser = openBrowser(probe);
    await browser.signIn("octocat");
    expect((await browser.post("/-/sign-out", {}, headers)).status).toBe(403);
    expect(await isIn(browser.cookies)).toBe(true);
  });

  test("ends a week after sign-in whatever was done", async () => {
    const busy = openBrowser(probe);
    await busy.signIn("octocat");
    const statuses: number[] = [];
    for (let hours = 0; hours < 7 * 24; hours += 12) {
      statuses.push((await busy.get("/acme/storefront")).status);
      cockpit.pass(12 * HOUR);
    }
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect((await busy.get("/acme/storefront")).status).toBe(302);
  });

  test("ends after a day in which nothing was done", async () => {
    const browser = openBrowser(probe);
    await browser.signIn("octocat");
    cockpit.pass(24 * HOUR - MINUTE);
    expect((await browser.get("/acme/storefront")).status).toBe(200);
    cockpit.pass(24 * HOUR);
    expect((await browser.get("/acme/storefront")).status).toBe(302);
  });

  test("is not kept alive by what an open page asks for by itself", async () => {
    const browser = openBrowser(probe);
    await browser.signIn("octocat");
    for (let hours = 0; hours < 24; hours += 6) {
      cockpit.pass(6 * HOUR);
      await browser.get("/acme/storefront", { "hx-request": "true" });
    }
    expect((await browser.get("/acme/storefront")).status).toBe(302);
  });
});

describe("a sign-in that comes to nothing", () => {
  test("because the person said no: a page with the way back to where they wanted to go", async () => {
    const browser = openBrowser(probe);
    const state = await browser.begin("/acme/storefront");
    const answer = await browser.get(`/signed-in?error=access_denied&state=${state}`);
    expect(answer.status).toBe(403);
    const text = await answer.text();
    expect(text).toContain(
      "GitHub says that you cancelled. Nothing was kept; you can sign in whenever you like.",
    );
    expect(text).toContain('href="/-/sign-in?return_to=%2Facme%2Fstorefront"');
  });

  test("because GitHub refuses it: its word is shown only where it is one", async () => {
    const browser = openBrowser(probe);
    const refused = await browser.get(
      `/signed-in?error=application_suspended&state=${await browser.begin()}`,
    );
    expect(refused.status).toBe(502);
    expect(await refused.text()).toContain("GitHub refused the sign-in (application_suspended).");
    const odd = await browser.get(
      `/signed-in?error=${encodeURIComponent("<b>call 555-0100</b>")}&state=${await browser.begin()}`,
    );
    expect(await odd.text()).toContain("GitHub refused the sign-in (unknown).");
  });

  test("because GitHub does not answer: 503, and nothing is lost", async () => {
    const browser = openBrowser(probe);
    const state = await browser.begin("/acme/storefront");
    cockpit.people.isAway();
    const answer = await browser.finish(state, "octocat");
    expect(answer.status).toBe(503);
    const text = await answer.text();
    expect(text).toContain("GitHub is not answering");
    expect(text).toContain('href="/-/sign-in?return_to=%2Facme%2Fstorefront"');
    cockpit.people.answers();
    expect((await browser.signIn("octocat", "/acme/storefront")).status).toBe(303);
  });

  test("because it is set up wrongly: the person is told who can mend it", async () => {
    const browser = openBrowser(probe);
    const state = await browser.begin();
    cockpit.people.isAway("misconfigured");
    const answer = await browser.finish(state, "octocat");
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain(
      "GitHub does not accept how sign-in is set up here. Whoever runs Holdpoint finds the reason in its log.",
    );
  });

  test("because it is not set up: which three settings are missing, and the address for GitHub", async () => {
    const closed = await openCockpit({ signIn: null });
    for (const path of ["/-/sign-in", "/-/sign-in/github", "/signed-in?code=x&state=y"]) {
      const answer = await closed.get(path);
      expect(answer.status).toBe(503);
      const text = await answer.text();
      for (const name of ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET", "SESSION_SECRET"]) {
        expect(text).toContain(`<code>${name}</code>`);
      }
      expect(text).toContain("The App&#39;s callback address must be http://127.0.0.1:3000/signed-in.");
    }
    // A session of before counts for nothing.
    expect((await closed.get("/", await closed.signIn("octocat", []))).status).toBe(302);
    await closed.close();
  });
});

test("REL-76: nobody signs in over plain http but on this machine: their cookie could be read on the way", async () => {
  const plain = openProbe({ parts: { ...cockpit.parts, publicUrl: () => "http://0.0.0.0:3000" } });
  for (const path of ["/-/sign-in", "/-/sign-in/github", "/signed-in?code=x&state=y"]) {
    const answer = await openBrowser(plain).get(path);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([503, []]);
    expect(await answer.text()).toContain("Whoever runs Holdpoint sets HOLDPOINT_URL to its https address.");
  }
});

test("a sign-in is begun 240 times a minute from one address, and then no more", async () => {
  const other = openProbe(cockpit);
  const begin = async (): Promise<number> => (await openBrowser(other).get("/-/sign-in/github")).status;
  const statuses = await Promise.all(Array.from({ length: 241 }, begin));
  expect(statuses.filter((status) => status === 302)).toHaveLength(240);
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  cockpit.pass(MINUTE);
  expect(await begin()).toBe(302);
});

test("REL-77: tokens, cookies and states are nowhere in the database or the log, whatever went wrong", async () => {
  const { people } = cockpit;
  people.tokensEndAfter(8 * HOUR);
  const browser = openBrowser(probe);
  const secrets = ["access-canary", "refresh-canary"];
  for (const trouble of [
    () => people.isAway(),
    () => people.isAway("misconfigured"),
    () => people.answers(),
  ]) {
    const state = await browser.begin("/acme/storefront");
    secrets.push(state, browser.cookies.get("holdpoint-sign-in") ?? "");
    trouble();
    await browser.finish(state, "octocat");
  }
  secrets.push(await browser.begin(), browser.cookies.get("holdpoint") ?? "");
  people.isAway();
  cockpit.pass(6 * MINUTE);
  expect((await browser.get("/acme/storefront")).status).toBe(503);
  const { database } = cockpit.db;
  const tables = await database.query<{ readonly name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema = 'holdpoint' and table_type = 'BASE TABLE'`,
  );
  const kept = await Promise.all(
    tables.map(({ name }) =>
      database.query<{ readonly row: string }>(`select to_json(t)::text as row from ${name} t`),
    ),
  );
  const everything = [...kept.flat().map(({ row }) => row), ...lines].join("\n");
  expect(everything).toContain('"login":"octocat"');
  expect(everything).toContain("somebody could not sign in");
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(10);
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(Buffer.from(secret).toString("hex"));
  }
});
