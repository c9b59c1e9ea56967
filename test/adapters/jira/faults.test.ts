import nock from "nock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createJira } from "../../../src/adapters/jira/create-jira.ts";
import type { Reading, UnknownCode } from "../../../src/domain/model.ts";
import type { Ticket } from "../../../src/domain/ticket.ts";
import { createLog } from "../../../src/log.ts";
import {
  API_TOKEN,
  CLOUD,
  CLOUD_URL,
  createTestClock,
  DATA_CENTER,
  key,
  keys,
  PAT,
  rawIssue,
} from "./support.ts";

const BULK = "/rest/api/3/issue/bulkfetch";
const CALL = "POST /rest/api/3/issue/bulkfetch";
const NOW = "2026-03-02T09:00:00.000Z";

function after(seconds: number): Date {
  return new Date(Date.parse(NOW) + seconds * 1_000);
}

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.abortPendingRequests();
  nock.cleanAll();
});

interface Row {
  readonly name: string;
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly because: UnknownCode;
  readonly seen?: string;
  readonly retryAt?: Date;
  /** Calls that Jira gets: one more for what may have been chance. */
  readonly calls?: number;
}

const JSON_TYPE = { "content-type": "application/json;charset=UTF-8" };
const HTML_TYPE = { "content-type": "text/html;charset=UTF-8" };
const LOGIN_PAGE = "<!DOCTYPE html><html><title>Log in</title></html>";
const REFUSAL = '{"errorMessages":["no"],"errors":{}}';
const NOTHING = '{"issues":[],"issueErrors":[]}';

const ROWS: readonly Row[] = [
  { name: "401", status: 401, body: LOGIN_PAGE, headers: HTML_TYPE, because: "jira-unauthorized" },
  {
    name: "200 for a wrong token, as an anonymous visitor",
    status: 200,
    body: NOTHING,
    headers: { ...JSON_TYPE, "x-seraph-loginreason": "AUTHENTICATED_FAILED, AUTHENTICATED_FAILED" },
    because: "jira-unauthorized",
  },
  {
    name: "200 for nobody in particular",
    status: 200,
    body: NOTHING,
    headers: { ...JSON_TYPE, "x-ausername": "anonymous" },
    because: "jira-unauthorized",
  },
  {
    name: "captcha, as 401",
    status: 401,
    headers: { "x-seraph-loginreason": "AUTHENTICATION_DENIED" },
    because: "jira-captcha",
  },
  {
    name: "captcha, as 403",
    status: 403,
    headers: {
      "x-authentication-denied-reason": "CAPTCHA_CHALLENGE; login-url=https://acme.example/login.jsp",
    },
    because: "jira-captcha",
  },
  { name: "403", status: 403, body: REFUSAL, headers: JSON_TYPE, because: "jira-forbidden" },
  {
    name: "404 of the endpoint",
    status: 404,
    body: LOGIN_PAGE,
    headers: HTML_TYPE,
    because: "jira-no-endpoint",
  },
  { name: "410", status: 410, body: REFUSAL, headers: JSON_TYPE, because: "jira-gone" },
  {
    name: "429 with Retry-After in seconds",
    status: 429,
    headers: { "retry-after": "7" },
    because: "jira-rate-limited",
    retryAt: after(7),
  },
  {
    name: "429 with Retry-After as a date of a server whose clock is an hour ahead",
    status: 429,
    headers: { date: "Mon, 02 Mar 2026 10:00:00 GMT", "retry-after": "Mon, 02 Mar 2026 10:00:30 GMT" },
    because: "jira-rate-limited",
    retryAt: after(30),
  },
  {
    name: "429 with X-RateLimit-Reset, later than its Retry-After",
    status: 429,
    headers: { "retry-after": "1", "x-ratelimit-reset": "2026-03-02T09:02Z" },
    because: "jira-rate-limited",
    retryAt: after(120),
  },
  { name: "429 without a time", status: 429, because: "jira-rate-limited", retryAt: after(60) },
  {
    name: "429 that wants to be left alone for a year",
    status: 429,
    headers: { "retry-after": "31536000" },
    because: "jira-rate-limited",
    retryAt: after(3_600),
  },
  { name: "500", status: 500, body: REFUSAL, headers: JSON_TYPE, because: "jira-server-error", calls: 2 },
  { name: "502 of a proxy", status: 502, body: "<h1>502</h1>", because: "jira-server-error", calls: 2 },
  {
    name: "503 with Retry-After",
    status: 503,
    headers: { "retry-after": "20" },
    because: "jira-server-error",
    retryAt: after(20),
  },
  {
    name: "a login page with status 200",
    status: 200,
    body: LOGIN_PAGE,
    headers: HTML_TYPE,
    because: "jira-not-json",
    seen: "HTTP 200 with a page instead of JSON",
  },
  {
    name: "a login page that calls itself JSON",
    status: 200,
    body: LOGIN_PAGE,
    headers: JSON_TYPE,
    because: "jira-not-json",
    seen: "HTTP 200 with a page instead of JSON",
  },
  {
    name: "what calls itself a page, even where it reads as an answer without tickets",
    status: 200,
    body: NOTHING,
    headers: HTML_TYPE,
    because: "jira-not-json",
    seen: "HTTP 200 with a page instead of JSON",
  },
  {
    name: "an empty body",
    status: 200,
    headers: JSON_TYPE,
    because: "jira-not-json",
    seen: "HTTP 200 with an empty body",
  },
  {
    name: "truncated JSON",
    status: 200,
    body: '{"issues":[{"key":"PLAY-1","fie',
    headers: JSON_TYPE,
    because: "jira-incomplete",
    seen: "HTTP 200 with JSON that breaks off",
    calls: 2,
  },
  {
    name: "JSON of another shape",
    status: 200,
    body: '{"issues":{"PLAY-1":{}}}',
    headers: JSON_TYPE,
    because: "jira-unexpected",
    seen: "JSON of another shape",
  },
  {
    name: "a body larger than the limit",
    status: 200,
    body: `{"issues":[${" ".repeat(2_000)}]}`,
    headers: JSON_TYPE,
    because: "jira-too-large",
    seen: "more than 1000 bytes",
  },
  {
    name: "a redirect",
    status: 302,
    headers: { location: "http://169.254.169.254/latest/meta-data" },
    because: "jira-redirected",
  },
];

describe("REL-72: whatever is Jira's fault is unknown, each for its own reason, and never a missing ticket", () => {
  test.each(ROWS)("$name: $because", async (row) => {
    let calls = 0;
    nock(CLOUD_URL)
      .persist()
      .post(BULK)
      .reply(() => {
        calls += 1;
        return [row.status, row.body ?? "", row.headers ?? {}];
      });
    const jira = createJira(CLOUD, { clock: createTestClock(NOW), limits: { bodyLimit: 1_000 } });

    const answers = await jira.readTickets(keys(2), []);

    const seen = row.seen ?? `HTTP ${row.status}`;
    const place = row.seen === "JSON of another shape" ? "POST /issue/bulkfetch" : CALL;
    const expected = {
      state: "unknown",
      because: row.because,
      detail: `${seen}, ${place}`,
      retryAt: row.retryAt ?? null,
    };
    expect([...answers]).toEqual([
      ["PLAY-1", expected],
      ["PLAY-2", expected],
    ]);
    expect(calls).toBe(row.calls ?? 1);
  });

  test("an issue of the wrong shape is unknown by itself; the others are read", async () => {
    nock(CLOUD_URL)
      .post(BULK)
      .reply(200, { issues: [{ key: "PLAY-1", fields: { summary: "no status" } }, rawIssue("PLAY-2")] });
    const answers = await createJira(CLOUD, { clock: createTestClock(NOW) }).readTickets(keys(2), []);
    expect(answers.get(key("PLAY-1"))).toMatchObject({ state: "unknown", because: "jira-unexpected" });
    expect(answers.get(key("PLAY-2"))).toMatchObject({ state: "known" });
  });

  test("one chance failure is not noticed", async () => {
    const scope = nock(CLOUD_URL);
    scope.post(BULK).reply(502, "busy");
    scope.post(BULK).reply(200, { issues: [rawIssue("PLAY-1")] });
    const answers = await createJira(CLOUD, { clock: createTestClock(NOW) }).readTickets(keys(1), []);
    expect(answers.get(key("PLAY-1"))).toMatchObject({ state: "known" });
  });

  test("after a 429 nothing is asked until its time has come, by any call of this process", async () => {
    let calls = 0;
    const scope = nock(CLOUD_URL).persist();
    scope.post(BULK).reply(() => {
      calls += 1;
      return calls === 1 ? [429, "", { "retry-after": "30" }] : [200, { issues: [rawIssue("PLAY-1")] }];
    });
    scope.get(/project/).reply(() => {
      calls += 1;
      return [200, { values: [], total: 0 }];
    });
    const clock = createTestClock(NOW);
    const jira = createJira(CLOUD, { clock });
    const limited = { state: "unknown", because: "jira-rate-limited", retryAt: after(30) };

    expect((await jira.readTickets(keys(1), [])).get(key("PLAY-1"))).toMatchObject(limited);
    clock.advance(29_999);
    expect((await jira.readTickets(keys(1), [])).get(key("PLAY-1"))).toMatchObject(limited);
    expect(await jira.readProjects()).toMatchObject(limited);
    expect(calls).toBe(1);
    clock.advance(1);
    expect((await jira.readTickets(keys(1), [])).get(key("PLAY-1"))).toMatchObject({ state: "known" });
    expect(await jira.readProjects()).toMatchObject({ state: "known" });
    expect(calls).toBe(3);
  });

  test("a fault stops the check: of 3,000 tickets no more than the calls under way are asked for", async () => {
    let calls = 0;
    nock(CLOUD_URL)
      .persist()
      .post(BULK)
      .reply(() => {
        calls += 1;
        return [401, ""];
      });
    const answers = await createJira(CLOUD, { clock: createTestClock(NOW) }).readTickets(keys(3_000), []);
    expect(calls).toBeLessThanOrEqual(4);
    expect(answers.size).toBe(3_000);
    expect([...answers.values()].every((answer) => answer.state === "unknown")).toBe(true);
  });

  test.each([
    ["404 of a proxy", 404, "<h1>404</h1>", "jira-no-endpoint"],
    ["403", 403, REFUSAL, "jira-forbidden"],
    ["500", 500, "", "jira-server-error"],
    ["401", 401, "", "jira-unauthorized"],
  ])("a ticket asked for by itself is not missing because of a %s", async (_, status, body, because) => {
    const scope = nock(CLOUD_URL).persist();
    scope.post(BULK).reply(200, { issues: [] });
    scope.get(/\/issue\/PLAY-1\?/).reply(status, body, body === REFUSAL ? JSON_TYPE : {});
    const answers = await createJira(CLOUD, { clock: createTestClock(NOW) }).readTickets(keys(1), []);
    expect(answers.get(key("PLAY-1"))).toMatchObject({ state: "unknown", because });
  });
});

describe("REL-73: nothing but a strict key is ever sent", () => {
  test.each([
    'ABC-1" OR project = SECRET',
    "ABC-1\\",
    "abc-1",
    "ＡＢＣ-1",
    "ABC-１",
    "ABC-1/../../secret",
    "ABC-1?expand=all",
    "ABC-1) OR (key = SECRET-1",
    "ABC-1\n",
    "A-1",
    "ABC-01",
    "ABC-9999999999999999999",
    "",
  ])("%j is answered as missing without a call", async (hostile) => {
    // A branded type is no protection at run time: that is what is tested here.
    const smuggled: unknown = hostile;
    const list: ReturnType<typeof key>[] = [];
    Reflect.apply(Array.prototype.push, list, [smuggled]);
    for (const settings of [CLOUD, DATA_CENTER]) {
      const answers = await createJira(settings, { clock: createTestClock(NOW) }).readTickets(list, ["Risk"]);
      expect([...answers]).toEqual([[hostile, { state: "missing", detail: "not a ticket's key" }]]);
    }
  });
});

describe("REL-77: secrets stay where they are", () => {
  test.each(ROWS)("no token in an answer or in the log, at any level: $name", async (row) => {
    const lines: string[] = [];
    const clock = createTestClock(NOW);
    const log = createLog({ level: "debug", clock, secrets: [], write: (line) => lines.push(line) });
    const basic = Buffer.from(`holdpoint@acme.example:${API_TOKEN}`).toString("base64");
    const echo = JSON.stringify({ echoed: [API_TOKEN, PAT, basic] });
    const headers = { ...row.headers, "x-echo": `${API_TOKEN} ${PAT} ${basic}` };
    // With a text of its own the empty answer would no longer be one.
    const body = row.status === 200 && row.body === undefined ? "" : `${row.body ?? ""}${echo}`;
    nock(CLOUD_URL).persist().post(BULK).reply(row.status, body, headers);
    nock("https://issues.acme.example")
      .persist()
      .post("/jira/rest/api/2/search")
      .reply(row.status, body, headers);

    const said: unknown[] = [];
    for (const settings of [CLOUD, DATA_CENTER]) {
      const answers = await createJira(settings, { clock, log }).readTickets(keys(1), []);
      const reading: Reading<Ticket> | undefined = answers.get(key("PLAY-1"));
      expect(reading?.state).toBe("unknown");
      said.push(reading);
    }
    const everything = `${JSON.stringify(said)}${lines.join("")}`;
    expect(lines.length).toBeGreaterThan(0);
    for (const secret of [API_TOKEN, PAT, basic]) expect(everything).not.toContain(secret);
  });
});
