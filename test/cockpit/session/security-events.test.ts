import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createLog } from "../../../src/log.ts";
import { COCKPIT_URL, type OpenCockpit, openCockpit } from "../open-cockpit.ts";
import { openBrowser } from "./browser.ts";
import { openProbe, type Probe } from "./probe.ts";

let cockpit: OpenCockpit;
let probe: Probe;
const lines: string[] = [];
beforeAll(async () => {
  const log = createLog({
    level: "info",
    clock: { now: () => new Date("2026-11-21T12:00:00Z") },
    write: (line) => void lines.push(line),
    secrets: [],
  });
  cockpit = await openCockpit({ log });
  const shop = await cockpit.repository("acme/storefront");
  await cockpit.repository("acme/secret");
  cockpit.people.shows("octocat", [[shop, "write"]]);
  probe = openProbe(cockpit);
});
beforeEach(() => {
  lines.length = 0;
});
afterAll(() => cockpit.close());

const line = z.looseObject({ message: z.string(), user: z.number().optional(), code: z.string().optional() });

/** What an investigator reads: the message and its fields, without the time and the level. */
function told(): readonly Omit<z.infer<typeof line>, "time" | "level">[] {
  return lines.map((text) => {
    const { time: _time, level: _level, ...rest } = line.parse(JSON.parse(text));
    return rest;
  });
}

describe("on record in the log, by the person's number", () => {
  test("who signs in and who signs out", async () => {
    const browser = openBrowser(probe);
    await browser.signIn("octocat");
    await browser.post("/-/sign-out", {});
    const [signedIn, signedOut] = told();
    const user = signedIn?.user ?? null;
    expect(user).toBeGreaterThan(0);
    expect([signedIn, signedOut]).toEqual([
      { message: "somebody signed in", user },
      { message: "somebody signed out", user },
    ]);
  });

  test("sign-ins that come to nothing, each with why", async () => {
    const browser = openBrowser(probe);
    await browser.finish("invented", "octocat");
    await browser.get(`/signed-in?error=access_denied&state=${await browser.begin()}`);
    await browser.get(`/signed-in?error=%0d%0aforged&state=${await browser.begin()}`);
    await browser.finish(await browser.begin(), "nobody-knows");
    expect(told()).toEqual(
      ["not-begun-here", "access_denied", "unknown", "stale"].map((code) => ({
        message: "a sign-in was refused",
        code,
      })),
    );
  });

  test("forms that are refused: from elsewhere, of another session, about what is not theirs", async () => {
    const browser = openBrowser(probe);
    await browser.signIn("octocat");
    lines.length = 0;
    await browser.post("/acme/storefront/probe", { text: "x" }, { origin: "https://evil.example" });
    await browser.post("/acme/storefront/probe", { text: "x", token: "guessed" });
    const [, token = ""] =
      /name="token" value="([^"]+)"/.exec(
        await (await browser.post("/acme/storefront/probe", { text: "x" })).text(),
      ) ?? [];
    await browser.post("/acme/secret/probe", { text: "x", token });
    expect(told()).toMatchObject([
      { message: "a form was refused", path: "/acme/storefront/probe", code: "from-elsewhere" },
      { message: "a form was refused", path: "/acme/storefront/probe", code: "of-another-session" },
      { message: "a form was refused", path: "/acme/storefront/probe", code: "of-another-session" },
      { message: "a form was refused", path: "/acme/secret/probe", code: "not-theirs" },
    ]);
  });
});

describe("REL-76: signing in is somebody's own doing", () => {
  test.each([["cross-site"], ["same-site"]])(
    "a link of another site (%s) leads to the page that asks, not through it",
    async (site) => {
      const browser = openBrowser(probe);
      const answer = await browser.get("/-/sign-in/github?return_to=/acme/storefront", {
        "sec-fetch-site": site,
      });
      expect(answer.status).toBe(302);
      expect(answer.headers.get("location")).toBe("/-/sign-in?return_to=%2Facme%2Fstorefront");
      expect(browser.cookies.size).toBe(0);
    },
  );

  test.each([["same-origin"], ["none"]])("from a page of ours, or typed (%s), it begins", async (site) => {
    const answer = await openBrowser(probe).get("/-/sign-in/github", { "sec-fetch-site": site });
    expect(new URL(answer.headers.get("location") ?? "").origin).toBe("https://github.com");
  });
});

test("REL-76: after sign-out the browser forgets the pages that it kept for the way back", async () => {
  const browser = openBrowser(probe);
  await browser.signIn("octocat");
  const out = await browser.post("/-/sign-out", {});
  expect(out.headers.get("clear-site-data")).toBe('"cache"');
});

test("REL-76: whoever runs Holdpoint ends the sessions of one person, or of all, by taking their rows away", async () => {
  const browser = openBrowser(probe);
  await browser.signIn("octocat");
  expect((await browser.get("/acme/storefront")).status).toBe(200);
  await cockpit.db.database.query("delete from holdpoint.session where login = $1", ["octocat"]);
  expect((await browser.get("/acme/storefront")).headers.get("location")).toMatch(/^\/-\/sign-in/);
});

test("REL-76: sessions under a secret that is no longer set are over once what they show is five minutes old", async () => {
  const browser = openBrowser(probe);
  await browser.signIn("octocat");
  const { signIn } = cockpit.parts;
  if (signIn === null) throw new Error("people sign in here");
  const settings = { ...signIn.settings, sessionSecrets: ["another secret that is long enough, and new"] };
  const rotated = openProbe({ parts: { ...cockpit.parts, signIn: { ...signIn, settings } } });
  cockpit.pass(5 * 60_000);
  const cookie = `holdpoint=${browser.cookies.get("holdpoint")}`;
  const answer = await rotated.app.request(`${COCKPIT_URL}/acme/storefront`, { headers: { cookie } });
  expect([answer.status, answer.headers.get("location")]).toEqual([
    302,
    "/-/sign-in?return_to=%2Facme%2Fstorefront",
  ]);
});
