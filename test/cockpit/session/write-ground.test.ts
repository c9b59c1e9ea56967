import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { formToken } from "../../../src/cockpit/session/form-token.ts";
import { hashSessionId } from "../../../src/cockpit/session/hash-session-id.ts";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { silentLog } from "../../database/loud-log.ts";
import { COCKPIT_URL, type OpenCockpit, openCockpit } from "../open-cockpit.ts";
import { type Browser, openBrowser } from "./browser.ts";
import { openProbe, type Probe } from "./probe.ts";

const MINUTE = 60_000;
const FORM = "/acme/storefront/probe";
const TYPED = 'Place a test order in Lisbon,\nsee EUR </textarea><script>alert("canary")</script>';

let cockpit: OpenCockpit;
let shop: RepositoryFacts;
let probe: Probe;
let browser: Browser;
beforeAll(async () => {
  cockpit = await openCockpit({ log: silentLog });
  shop = await cockpit.repository("acme/storefront");
  await cockpit.repository("acme/secret");
  probe = openProbe(cockpit);
});
beforeEach(async () => {
  cockpit.people.answers();
  cockpit.people.shows("octocat", [[shop, "write"]]);
  cockpit.people.shows("hubot", [[shop, "write"]]);
  browser = openBrowser(probe);
  await browser.signIn("octocat");
  probe.done.length = 0;
});
afterAll(() => cockpit.close());

/** As it stands in every form of that session's pages. */
function token(of: Browser = browser): string {
  return formToken({ sessionHash: hashSessionId(of.cookies.get("holdpoint") ?? "") });
}

/** What a page's one form would send. */
function formIn(text: string): {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
} {
  const [, action = ""] = /<form[^>]*action="([^"]*)"/s.exec(text.slice(text.indexOf("<main"))) ?? [];
  const main = text.slice(text.indexOf("<main"));
  const inputs = [...main.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  const areas = [...main.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>\n?([\s\S]*?)<\/textarea>/g)];
  const pairs = [...inputs, ...areas].map(([, name = "", value = ""]) => [name, plain(value)] as const);
  return { action, fields: Object.fromEntries(pairs) };
}

function manyFields(count: number): string {
  return Array.from({ length: count }, (_, index) => `wanted.${index}=a`).join("&");
}

function plain(escaped: string): string {
  return escaped
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

test("a form of ours is done, in the person's name, with the right that GitHub says they have now", async () => {
  cockpit.people.shows("octocat", [[shop, "admin"]]);
  expect((await browser.post(FORM, { token: token(), text: "x" })).status).toBe(303);
  expect(probe.done).toEqual([{ login: "octocat", right: "admin", text: "x" }]);
  expect(await (await browser.get("/acme/storefront")).text()).toBe("admin");
});

describe("REL-76: a form that another site sends is refused, and does nothing", () => {
  test.each<[string, Record<string, string>]>([
    ["from another site", { origin: "https://evil.example" }],
    ["from a sandboxed frame, or a file", { origin: "null" }],
    ["from another port of this host", { origin: "http://127.0.0.1:4000" }],
    ["from the same host over another protocol", { origin: "https://127.0.0.1:3000" }],
    ["from a name that begins like ours", { origin: `${COCKPIT_URL}.evil.example` }],
  ])("%s", async (_, headers) => {
    const answer = await browser.post(FORM, { token: token(), text: TYPED }, headers);
    expect(answer.status).toBe(403);
    const text = await answer.text();
    expect(text).toContain("This did not come from one of Holdpoint&#39;s own pages");
    expect(text).not.toContain("Lisbon");
    expect(probe.done).toEqual([]);
  });

  test.each<[string, string | null, number]>([
    ["a browser that says nothing at all", null, 403],
    ["one that says it comes from another site", "cross-site", 403],
    ["one that says it comes from a neighbour", "same-site", 403],
    ["one that says nobody clicked a page", "none", 403],
    ["one that says it is a page of ours", "same-origin", 303],
  ])("without an origin, from %s", async (_, site, status) => {
    const cookie = `holdpoint=${browser.cookies.get("holdpoint")}`;
    const answer = await probe.app.request(`${COCKPIT_URL}${FORM}`, {
      method: "POST",
      headers: {
        cookie,
        "content-type": "application/x-www-form-urlencoded",
        ...(site === null ? {} : { "sec-fetch-site": site }),
      },
      body: new URLSearchParams({ token: token(), text: "x" }).toString(),
    });
    expect([answer.status, probe.done.length]).toEqual([status, status === 303 ? 1 : 0]);
  });

  test("to somebody who is not signed in: what it brought is neither shown nor offered", async () => {
    const stranger = openBrowser(probe);
    const answer = await stranger.post(FORM, { text: TYPED }, { origin: "https://evil.example" });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/-/sign-in?return_to=%2F"]);
  });

  test("while GitHub does not answer: the same", async () => {
    cockpit.pass(5 * MINUTE);
    cockpit.people.isAway();
    const answer = await browser.post(FORM, { text: TYPED }, { origin: "https://evil.example" });
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("Lisbon");
  });
});

describe("REL-76: who may is asked of GitHub at every write", () => {
  test("somebody who was removed a moment ago does nothing any more, and sees nothing either", async () => {
    expect((await browser.get("/acme/storefront")).status).toBe(200);
    cockpit.people.shows("octocat", []);
    expect((await browser.post(FORM, { token: token(), text: "x" })).status).toBe(404);
    expect(probe.done).toEqual([]);
    expect((await browser.get("/acme/storefront")).status).toBe(404);
  });

  test("somebody whose right was lowered has the lower one", async () => {
    cockpit.people.shows("octocat", [[shop, "read"]]);
    await browser.post(FORM, { token: token(), text: "x" });
    expect(probe.done.map(({ right }) => right)).toEqual(["read"]);
    expect(await (await browser.get("/acme/storefront")).text()).toBe("read");
  });

  test("somebody who has renamed themselves is asked about by the new name, and pages call them so", async () => {
    cockpit.people.renames("octocat", "octokitten");
    await browser.post(FORM, { token: token(), text: "x" });
    expect(probe.done).toEqual([{ login: "octokitten", right: "write", text: "x" }]);
    expect(await (await browser.get("/acme/nothing")).text()).toContain("octokitten");
  });

  test("a repository that is not theirs answers like one that is not there", async () => {
    const forbidden = await browser.post("/acme/secret/probe", { token: token(), text: "x" });
    const absent = await browser.post("/acme/nothing/probe", { token: token(), text: "x" });
    expect([forbidden.status, absent.status]).toEqual([404, 404]);
    expect(await forbidden.text()).toBe((await absent.text()).replaceAll("acme/nothing", "acme/secret"));
    expect(probe.done).toEqual([]);
  });

  test("a token that was taken back ends the session; what was typed is kept", async () => {
    cockpit.people.refuses("octocat");
    const answer = await browser.post(FORM, { token: token(), text: TYPED });
    expect(answer.status).toBe(401);
    expect(formIn(await answer.text()).fields).toEqual({ text: TYPED });
    expect(probe.done).toEqual([]);
  });
});

describe("what was typed is not lost", () => {
  test("when the session ended meanwhile: it stands in the answer, and goes through after signing in", async () => {
    const former = token();
    await openBrowser(probe).post(
      "/-/sign-out",
      {},
      { cookie: `holdpoint=${browser.cookies.get("holdpoint")}` },
    );
    const answer = await browser.post(FORM, { token: former, text: TYPED, ticket: "PLAY-1" });
    expect(answer.status).toBe(401);
    const text = await answer.text();
    expect(text).toContain("Not sent yet: what you typed is still here");
    expect(text).toContain("Your session ended while you were writing");
    expect(text).not.toContain("<script>alert");
    const kept = formIn(text);
    expect(kept).toEqual({ action: FORM, fields: { text: TYPED, ticket: "PLAY-1" } });
    await browser.signIn("octocat");
    const asked = await browser.post(kept.action, kept.fields);
    expect(asked.status).toBe(409);
    const again = formIn(await asked.text());
    expect(again.fields).toEqual({ token: token(), text: TYPED, ticket: "PLAY-1" });
    expect(probe.done).toEqual([]);
    expect((await browser.post(again.action, again.fields)).status).toBe(303);
    expect(probe.done).toEqual([{ login: "octocat", right: "write", text: TYPED }]);
  });

  test("the words that the page had put there itself are sent along, and not shown as somebody's", async () => {
    const given = {
      "seen.Risk assessment": "a mark",
      "wanted.Risk assessment": "low",
      name: "Ready to deploy",
      because: "the map alone",
    };
    const answer = await openBrowser(probe).post(FORM, given);
    const text = await answer.text();
    expect([...text.matchAll(/<label[^>]*>([^<]*)/g)].map(([, label]) => label)).toEqual([
      "Risk assessment",
      "Because",
    ]);
    expect(formIn(text).fields).toEqual(given);
  });

  test("REL-76: when somebody else has signed in: it is sent in nobody's name before they saw in whose", async () => {
    const former = token();
    await browser.signIn("hubot");
    const answer = await browser.post(FORM, { token: former, text: TYPED });
    expect(answer.status).toBe(409);
    const text = await answer.text();
    expect(text).toContain("You are signed in as hubot");
    expect(text).toContain("Send it as hubot");
    expect(probe.done).toEqual([]);
  });

  test("when a page that changes in place sent it: it is shown in place", async () => {
    const stranger = openBrowser(probe);
    const answer = await stranger.post(FORM, { text: TYPED }, { "hx-request": "true" });
    expect(answer.status).toBe(200);
    expect(["hx-retarget", "hx-reselect", "hx-reswap"].map((name) => answer.headers.get(name))).toEqual([
      "#main",
      "#main",
      "outerHTML",
    ]);
    expect(formIn(await answer.text()).fields).toEqual({ text: TYPED });
  });

  test.each([
    ["right after the page", 0],
    ["when what they may see is old, too", 5 * MINUTE],
  ])("when GitHub does not answer %s: nothing is done, and it can be sent again", async (_, later) => {
    cockpit.people.isAway();
    cockpit.pass(later);
    const answer = await browser.post(FORM, { token: token(), text: TYPED });
    expect(answer.status).toBe(503);
    const kept = formIn(await answer.text());
    expect(kept.fields).toEqual({ token: token(), text: TYPED });
    expect(probe.done).toEqual([]);
    cockpit.people.answers();
    expect((await browser.post(kept.action, kept.fields)).status).toBe(303);
    expect(probe.done).toHaveLength(1);
  });

  test("which nobody typed, with thousands of fields: nothing of it is kept", async () => {
    const answer = await cockpit.app.request(`${COCKPIT_URL}${FORM}`, {
      method: "POST",
      headers: { origin: COCKPIT_URL, "content-type": "application/x-www-form-urlencoded" },
      body: manyFields(4_000),
    });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/-/sign-in?return_to=%2F"]);
  });

  test("REL-76: and is never offered to another site's address", async () => {
    const stranger = openBrowser(probe);
    const answer = await stranger.post("//evil.example/x/probe", { text: TYPED });
    expect(formIn(await answer.text()).action).toBe("/");
  });
});

describe("a form that is none", () => {
  test.each([
    ["JSON", "application/json", "{}", 400],
    ["parts", "multipart/form-data; boundary=x", "--x--", 400],
    ["plain text", "text/plain", "token=x", 400],
    ["more than 1,000 fields", "application/x-www-form-urlencoded", manyFields(1_001), 400],
    ["more than 512 KB", "application/x-www-form-urlencoded", `text=${"a".repeat(512 * 1_024)}`, 413],
  ])("%s: nothing is done", async (_, type, body, status) => {
    const answer = await probe.app.request(`${COCKPIT_URL}${FORM}`, {
      method: "POST",
      headers: {
        cookie: `holdpoint=${browser.cookies.get("holdpoint")}`,
        origin: COCKPIT_URL,
        "content-type": type,
      },
      body,
    });
    expect([answer.status, probe.done]).toEqual([status, []]);
  });

  test("a text as long as Jira takes one is read whole, in whatever script", async () => {
    const text = "注".repeat(32_767);
    expect((await browser.post(FORM, { token: token(), text })).status).toBe(303);
    expect(probe.done.map((done) => done.text === text)).toEqual([true]);
  });

  test("one that breaks off is no failure of ours, and nothing is done", async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("aborted")) });
    const headers = {
      cookie: `holdpoint=${browser.cookies.get("holdpoint")}`,
      origin: COCKPIT_URL,
      "content-type": "application/x-www-form-urlencoded",
    };
    const answer = await probe.app.request(`${COCKPIT_URL}${FORM}`, {
      method: "POST",
      headers,
      body,
      duplex: "half",
    });
    expect([answer.status, probe.done]).toEqual([400, []]);
  });

  test("so many at once that they would fill the memory are asked to come again, and hold nothing up after that", async () => {
    const answered = Promise.withResolvers<void>();
    const headers = { origin: COCKPIT_URL, "content-type": "application/x-www-form-urlencoded" };
    const asked = Array.from({ length: 140 }, async () => {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new Uint8Array(500 * 1_024)),
        pull: (controller) => answered.promise.then(() => controller.close()),
      });
      const answer = await cockpit.app.request(`${COCKPIT_URL}${FORM}`, {
        method: "POST",
        headers,
        body,
        duplex: "half",
      });
      return answer.status;
    });
    expect(await Promise.race(asked)).toBe(503);
    answered.resolve();
    expect(new Set(await Promise.all(asked))).toEqual(new Set([401, 503]));
    expect((await browser.post(FORM, { token: token(), text: TYPED })).status).toBe(303);
  });

  test("line breaks are kept as one kind, and NUL not at all", async () => {
    await browser.post(FORM, { token: token(), text: "one\r\ntwo\rthree\nfour\0" });
    expect(probe.done.map(({ text }) => text)).toEqual(["one\ntwo\nthree\nfour"]);
  });
});
