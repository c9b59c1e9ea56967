import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assetUrl } from "../../src/cockpit/assets/assets-app.ts";
import { pageFailed } from "../../src/cockpit/page-failed.ts";
import { securityHeaders } from "../../src/cockpit/security-headers.ts";
import { Fault } from "../../src/errors.ts";
import { createLog, type Log } from "../../src/log.ts";
import { COCKPIT_URL, type OpenCockpit, openCockpit } from "./open-cockpit.ts";

let cockpit: OpenCockpit;
let cookie: string;
beforeAll(async () => {
  cockpit = await openCockpit();
  cookie = await cockpit.signIn("octocat", [[await cockpit.repository(), "read"]]);
});
afterAll(() => cockpit.close());

/** None of it is left to chance: a looser word anywhere is a change of this test. */
const WANTED = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
};

describe("REL-76: clickjacking and whatever else a page could be used for", () => {
  test.each([
    ["a page", "/", 200],
    ["a repository's page", "/acme/storefront/cases", 200],
    ["what is not there", "/acme/nothing", 404],
    ["an API's address that is none", "/api/nothing", 404],
    ["the sign-in", "/-/sign-in?return_to=/", 302],
    ["a callback that is nobody's", "/signed-in?code=x&state=y", 400],
  ])("%s carries every header, and is kept by nobody", async (_, path, status) => {
    const answer = await cockpit.get(path, cookie);
    expect(answer.status).toBe(status);
    expect(Object.fromEntries(answer.headers)).toMatchObject({ ...WANTED, "cache-control": "no-store" });
    expect(answer.headers.has("strict-transport-security")).toBe(false);
  });

  test("strangers get them, too", async () => {
    for (const path of ["/", "/-/sign-in"]) {
      expect(Object.fromEntries((await cockpit.get(path)).headers)).toMatchObject(WANTED);
    }
  });

  test("assets carry them, and may be kept for ever", async () => {
    const answer = await cockpit.get(assetUrl("cockpit.css"));
    expect(answer.status).toBe(200);
    const kept = { "cache-control": "public, max-age=31536000, immutable" };
    expect(Object.fromEntries(answer.headers)).toMatchObject({ ...WANTED, ...kept });
  });

  test("on https a browser is told to come by https alone", async () => {
    const app = new Hono()
      .use(securityHeaders(() => "https://holdpoint.example.com"))
      .get("/", (context) => context.text("x"));
    const answer = await app.request("https://holdpoint.example.com/");
    expect(answer.headers.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains");
  });
});

describe("a page that fails", () => {
  function failing(error: Error): { readonly ask: () => Promise<Response>; readonly lines: string[] } {
    const lines: string[] = [];
    const log: Log = createLog({
      level: "debug",
      clock: { now: () => new Date() },
      write: (line) => void lines.push(line),
      secrets: [],
    });
    const app = new Hono().use(securityHeaders(() => COCKPIT_URL));
    app.onError((thrown, context) => pageFailed(context, log, thrown));
    app.get("/acme/storefront", () => {
      throw error;
    });
    return {
      lines,
      ask: async () => await app.request(`${COCKPIT_URL}/acme/storefront?secret=in-the-query`),
    };
  }

  test("REL-77: says nothing of what went wrong but the name under which the log knows it", async () => {
    const { ask, lines } = failing(new Error("select from secret_table failed"));
    const answer = await ask();
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).not.toMatch(/secret_table|node_modules|at .*\.ts/);
    const [, id = ""] = /log as ([0-9a-f]{12})\./.exec(text) ?? [];
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`"id":"${id}"`);
    expect(lines[0]).toContain("secret_table");
    expect(lines[0]).not.toContain("in-the-query");
    expect(Object.fromEntries(answer.headers)).toMatchObject(WANTED);
  });

  test("because something does not answer may be tried again", async () => {
    const fault = new Fault({ kind: "retry-later", code: "database-unavailable", doing: "reading" });
    const answer = await failing(fault).ask();
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "10"]);
    expect(await answer.text()).toContain("This cannot be shown right now");
  });
});
