import nock from "nock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createJira } from "../../../src/adapters/jira/create-jira.ts";
import { isRecord } from "../../../src/adapters/jira/json.ts";
import { createTestClock, DATA_CENTER, key, keys, PAT, rawIssue } from "./support.ts";

const SEARCH = "/jira/rest/api/2/search";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.abortPendingRequests();
  nock.cleanAll();
});

function dataCenter(): nock.Scope {
  return nock("https://issues.acme.example", { reqheaders: { authorization: `Bearer ${PAT}` } }).persist();
}

/** A search as Data Center does it, with pages no larger than an administrator allows. */
function answerSearch(scope: nock.Scope, largestPage: number, bodies: unknown[]): void {
  scope.post(SEARCH).reply(200, async (request: Request) => {
    const body: unknown = await request.json();
    bodies.push(body);
    if (!isRecord(body)) throw new Error("no body");
    const wanted = String(body["jql"]).match(/[A-Z]+-[0-9]+/g) ?? [];
    const start = Number(body["startAt"]);
    const issues = wanted.slice(start, start + largestPage).map((one) => rawIssue(one));
    return { startAt: start, maxResults: largestPage, total: wanted.length, issues };
  });
}

describe("reading tickets from Jira Data Center", () => {
  test("250 keys take three searches that one unknown key cannot spoil", async () => {
    const bodies: unknown[] = [];
    answerSearch(dataCenter(), 100, bodies);
    const answers = await createJira(DATA_CENTER, { clock: createTestClock() }).readTickets(keys(250), []);
    expect(bodies).toHaveLength(3);
    expect(bodies[2]).toEqual({
      jql: `key in (${keys(250).slice(200).join(", ")})`,
      startAt: 0,
      maxResults: 100,
      fields: ["summary", "status", "issuetype", "parent"],
      validateQuery: false,
    });
    expect([...answers.values()].every((answer) => answer.state === "known")).toBe(true);
    expect(answers.get(key("PLAY-1"))).toMatchObject({
      value: { url: "https://issues.acme.example/jira/browse/PLAY-1" },
    });
  });

  test("pages smaller than asked for are read to the end", async () => {
    const bodies: unknown[] = [];
    answerSearch(dataCenter(), 20, bodies);
    const answers = await createJira(DATA_CENTER, { clock: createTestClock() }).readTickets(keys(50), []);
    expect(bodies.map((body) => isRecord(body) && body["startAt"])).toEqual([0, 20, 40]);
    expect([...answers.values()].every((answer) => answer.state === "known")).toBe(true);
  });

  test("a ticket under a security level is missing, whether Jira says 404 or 403", async () => {
    const scope = dataCenter();
    scope.post(SEARCH).reply(200, { total: 0, issues: [] });
    const body = {
      errorMessages: ["You do not have the permission to see the specified issue."],
      errors: {},
    };
    scope.get(/\/issue\/PLAY-1\?/).reply(403, body);
    scope.get(/\/issue\/PLAY-2\?/).reply(404, body);
    const answers = await createJira(DATA_CENTER, { clock: createTestClock() }).readTickets(keys(2), []);
    expect([...answers.values()]).toEqual([
      { state: "missing", detail: "HTTP 403, GET /jira/rest/api/2/issue/PLAY-1" },
      { state: "missing", detail: "HTTP 404, GET /jira/rest/api/2/issue/PLAY-2" },
    ]);
  });

  test("rich text is wiki markup there, and empty where it holds no word", async () => {
    const scope = dataCenter();
    scope.get("/jira/rest/api/2/field").reply(200, [
      { id: "customfield_1", name: "Risk assessment", schema: { custom: "com.acme:textarea" } },
      { id: "customfield_2", name: "Post-deploy checks", schema: { custom: "com.acme:textarea" } },
      { id: "customfield_3", name: "Window", schema: { custom: "com.acme:textfield" } },
    ]);
    const values = {
      customfield_1: "h2. \r\n----\r\n{panel}\r\n{panel}\r\n* ",
      customfield_2: "h2. Watch\n* p99",
      customfield_3: "-",
    };
    scope.post(SEARCH).reply(200, { total: 1, issues: [rawIssue("PLAY-1", values)] });
    const names = ["Risk assessment", "Post-deploy checks", "Window"];
    const answer = (
      await createJira(DATA_CENTER, { clock: createTestClock() }).readTickets(keys(1), names)
    ).get(key("PLAY-1"));
    expect(answer?.state === "known" ? [...answer.value.fields] : answer).toEqual([
      ["Risk assessment", { state: "empty" }],
      ["Post-deploy checks", { state: "filled", text: "Watch\n* p99" }],
      ["Window", { state: "filled", text: "-" }],
    ]);
  });

  test("the fields of an issue type come in Data Center's own form", async () => {
    const scope = dataCenter();
    scope.get("/jira/rest/api/2/field").reply(200, [{ id: "customfield_1", name: "Risk assessment" }]);
    scope.post(SEARCH).reply(200, { total: 1, issues: [rawIssue("PLAY-1")] });
    scope
      .get("/jira/rest/api/2/issue/createmeta/PLAY/issuetypes/10002?startAt=0&maxResults=200")
      .reply(200, { maxResults: 200, startAt: 0, total: 1, isLast: true, values: [{ fieldId: "summary" }] });
    const jira = createJira(DATA_CENTER, { clock: createTestClock() });
    const answer = (await jira.readTickets(keys(1), ["Risk assessment"])).get(key("PLAY-1"));
    expect(answer?.state === "known" ? [...answer.value.fields] : answer).toEqual([
      ["Risk assessment", { state: "not-applicable" }],
    ]);
  });

  test("projects come in one list", async () => {
    dataCenter()
      .get("/jira/rest/api/2/project")
      .reply(200, [{ key: "PLAY" }, { key: "OPS" }]);
    const jira = createJira(DATA_CENTER, { clock: createTestClock() });
    expect(await jira.readProjects()).toEqual({ state: "known", value: ["PLAY", "OPS"] });
  });
});
