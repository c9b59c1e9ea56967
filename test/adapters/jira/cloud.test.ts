import nock from "nock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createJira } from "../../../src/adapters/jira/create-jira.ts";
import type { Reading } from "../../../src/domain/model.ts";
import type { Ticket } from "../../../src/domain/ticket.ts";
import { API_TOKEN, CLOUD, CLOUD_URL, createTestClock, key, keys, rawIssue } from "./support.ts";

const AUTHORIZATION = `Basic ${Buffer.from(`holdpoint@acme.example:${API_TOKEN}`).toString("base64")}`;

function cloud(): nock.Scope {
  return nock(CLOUD_URL, { reqheaders: { authorization: AUTHORIZATION } });
}

interface BulkBody {
  readonly issueIdsOrKeys: string[];
  readonly fields: string[];
}

/** Answers as bulkfetch does: issues of the table, whatever their order; others simply absent. */
function answerBulk(
  scope: nock.Scope,
  issues: (asked: string) => unknown,
  bodies: BulkBody[] = [],
): nock.Scope {
  return scope
    .persist()
    .post("/rest/api/3/issue/bulkfetch")
    .reply(200, async (request: Request) => {
      const asked = readBody(await request.json());
      bodies.push(asked);
      const found = asked.issueIdsOrKeys.map((one) => issues(one)).filter((issue) => issue !== null);
      return { expand: "schema,names", issues: found.reverse(), issueErrors: [] };
    });
}

function readBody(body: unknown): BulkBody {
  if (typeof body !== "object" || body === null) throw new Error("no body");
  const { issueIdsOrKeys, fields } = { issueIdsOrKeys: [], fields: [], ...body };
  return { issueIdsOrKeys, fields };
}

function shown(reading: Reading<Ticket> | undefined): unknown {
  return reading?.state === "known"
    ? { ...reading.value, fields: Object.fromEntries(reading.value.fields) }
    : reading;
}

beforeEach(() => {
  nock.disableNetConnect();
});

afterEach(() => {
  nock.abortPendingRequests();
  nock.cleanAll();
});

describe("reading tickets from Jira Cloud", () => {
  test("250 keys take three calls of at most 100, whatever the order of the answers", async () => {
    const bodies: BulkBody[] = [];
    answerBulk(cloud(), (asked) => rawIssue(asked), bodies);
    const jira = createJira(CLOUD, { clock: createTestClock() });

    const answers = await jira.readTickets(keys(250), []);

    expect(bodies.map((body) => body.issueIdsOrKeys.length)).toEqual([100, 100, 50]);
    expect(bodies[0]?.fields).toEqual(["summary", "status", "issuetype", "parent"]);
    expect([...answers.values()].every((answer) => answer.state === "known")).toBe(true);
    expect(answers.size).toBe(250);
    expect(shown(answers.get(key("PLAY-7")))).toEqual({
      key: "PLAY-7",
      summary: "Summary of PLAY-7",
      type: "Story",
      isSubtask: false,
      parent: null,
      status: { name: "Ready to deploy", category: "done" },
      fields: {},
      url: "https://acme.example/browse/PLAY-7",
    });
  });

  test("no keys, no calls", async () => {
    const jira = createJira(CLOUD, { clock: createTestClock() });
    expect((await jira.readTickets([], ["Risk assessment"])).size).toBe(0);
  });

  test("a moved ticket is found by one call of its own, and in its batch from then on", async () => {
    const bodies: BulkBody[] = [];
    const scope = answerBulk(
      cloud(),
      (asked) => (asked === "OLD-1" ? rawIssue("NEW-9") : rawIssue(asked)),
      bodies,
    );
    let singles = 0;
    scope.get("/rest/api/3/issue/OLD-1?fields=summary,status,issuetype,parent").reply(200, () => {
      singles += 1;
      return rawIssue("NEW-9");
    });
    const jira = createJira(CLOUD, { clock: createTestClock() });

    const first = await jira.readTickets([key("OLD-1"), key("PLAY-1")], []);
    const second = await jira.readTickets([key("OLD-1"), key("PLAY-1")], []);

    for (const answers of [first, second]) {
      expect(shown(answers.get(key("OLD-1")))).toMatchObject({ key: "NEW-9", summary: "Summary of NEW-9" });
      expect([...answers.keys()].sort()).toEqual(["OLD-1", "PLAY-1"]);
    }
    expect(singles).toBe(1);
    expect(bodies[1]?.issueIdsOrKeys).toEqual(["NEW-9", "PLAY-1"]);
  });

  test("a key that is not there is missing, asked for by itself once in five minutes, and found when it appears", async () => {
    let there = false;
    const scope = answerBulk(cloud(), (asked) => (asked === "PLAY-404" && !there ? null : rawIssue(asked)));
    let singles = 0;
    scope.get(/\/issue\/PLAY-404\?/).reply(404, () => {
      singles += 1;
      return { errorMessages: ["Issue does not exist or you do not have permission to see it."], errors: {} };
    });
    const clock = createTestClock();
    const jira = createJira(CLOUD, { clock });
    const read = async () =>
      (await jira.readTickets([key("PLAY-404"), key("PLAY-1")], [])).get(key("PLAY-404"));

    expect(await read()).toEqual({ state: "missing", detail: "HTTP 404, GET /rest/api/3/issue/PLAY-404" });
    expect(await read()).toMatchObject({ state: "missing" });
    expect(singles).toBe(1);
    clock.advance(300_000);
    await read();
    expect(singles).toBe(2);
    there = true;
    expect(await read()).toMatchObject({ state: "known" });
    expect(singles).toBe(2);
  });

  test("a key that was missing and now stands for a moved ticket is looked for at once", async () => {
    let visible = false;
    const scope = answerBulk(cloud(), (asked) => {
      if (asked === "OLD-1") return visible ? rawIssue("NEW-9") : null;
      return asked === "OLD-2" ? null : rawIssue(asked);
    });
    const gone = {
      errorMessages: ["Issue does not exist or you do not have permission to see it."],
      errors: {},
    };
    scope.get(/\/issue\/OLD-1\?/).reply(() => (visible ? [200, rawIssue("NEW-9")] : [404, gone]));
    scope.get(/\/issue\/OLD-2\?/).reply(404, gone);
    const jira = createJira(CLOUD, { clock: createTestClock() });
    const look = async () => {
      const answers = await jira.readTickets(["OLD-1", "OLD-2"].map(key), []);
      return [...answers.values()].map(({ state }) => state);
    };
    expect(await look()).toEqual(["missing", "missing"]);
    visible = true;
    expect(await look()).toEqual(["known", "missing"]);
  });

  test("beyond 50 keys that did not come back the rest is unknown, not missing, and is asked for next time", async () => {
    const scope = answerBulk(cloud(), () => null);
    let singles = 0;
    scope.get(/\/rest\/api\/3\/issue\/PLAY-/).reply(404, () => {
      singles += 1;
      return { errorMessages: ["Issue does not exist or you do not have permission to see it."], errors: {} };
    });
    const clock = createTestClock();
    const jira = createJira(CLOUD, { clock });

    const count = (answers: ReadonlyMap<string, Reading<Ticket>>, state: string) =>
      [...answers.values()].filter((answer) => answer.state === state).length;
    const first = await jira.readTickets(keys(60), []);
    expect([singles, count(first, "missing"), count(first, "unknown")]).toEqual([50, 50, 10]);
    expect(first.get(key("PLAY-60"))).toEqual({
      state: "unknown",
      because: "jira-capped",
      detail: "too many keys did not come back",
      retryAt: new Date(clock.now().getTime() + 30_000),
    });
    const second = await jira.readTickets(keys(60), []);
    expect([singles, count(second, "missing"), count(second, "unknown")]).toEqual([60, 60, 0]);
  });

  test("a batch that Jira refuses as such is read key by key", async () => {
    const scope = cloud().persist();
    scope.post("/rest/api/3/issue/bulkfetch").reply(400, { errorMessages: ["no"], errors: {} });
    scope.get(/\/issue\/PLAY-1\?/).reply(200, rawIssue("PLAY-1"));
    scope.get(/\/issue\/PLAY-2\?/).reply(404, { errorMessages: ["no"], errors: {} });
    const jira = createJira(CLOUD, { clock: createTestClock() });
    const answers = await jira.readTickets(keys(2), []);
    expect([...answers].map(([asked, answer]) => [asked, answer.state])).toEqual([
      ["PLAY-1", "known"],
      ["PLAY-2", "missing"],
    ]);
  });

  test("the parents of sub-tasks come too, in a batch of their own; an epic does not", async () => {
    const bodies: BulkBody[] = [];
    const subtask = { id: "10003", name: "Sub-task", subtask: true };
    const issues: Record<string, unknown> = {
      "PLAY-1": rawIssue("PLAY-1", { issuetype: subtask, parent: { key: "PLAY-50" } }),
      "PLAY-2": rawIssue("PLAY-2", { issuetype: subtask, parent: { key: "PLAY-50" } }),
      "PLAY-3": rawIssue("PLAY-3", { parent: { key: "PLAY-99" } }),
      "PLAY-50": rawIssue("PLAY-50"),
    };
    answerBulk(cloud(), (asked) => issues[asked] ?? null, bodies);
    const jira = createJira(CLOUD, { clock: createTestClock() });

    const answers = await jira.readTickets(keys(3), []);

    expect(bodies.map((body) => body.issueIdsOrKeys)).toEqual([["PLAY-1", "PLAY-2", "PLAY-3"], ["PLAY-50"]]);
    expect(shown(answers.get(key("PLAY-1")))).toMatchObject({ isSubtask: true, parent: "PLAY-50" });
    expect(shown(answers.get(key("PLAY-3")))).toMatchObject({ isSubtask: false, parent: null });
    expect(shown(answers.get(key("PLAY-50")))).toMatchObject({ summary: "Summary of PLAY-50" });
  });
});

const FIELDS = [
  { id: "summary", name: "Summary", custom: false },
  { id: "description", name: "Description", custom: false },
  { id: "customfield_10010", name: "Risk assessment", custom: true, schema: { custom: "x:textarea" } },
  { id: "customfield_10011", name: "Post-deploy checks", custom: true, schema: { custom: "x:textarea" } },
  { id: "customfield_10020", name: "Rollout", custom: true, schema: { custom: "x:select" } },
  { id: "customfield_10021", name: "Rollout", custom: true, schema: { custom: "x:textfield" } },
  { id: "customfield_10022", name: "ROLLOUT", custom: true, schema: { custom: "x:textfield" } },
];

const doc = (...content: unknown[]) => ({ type: "doc", version: 1, content });
const paragraph = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });

describe("fields", () => {
  async function readFields(
    values: Readonly<Record<string, unknown>>,
    names: readonly string[],
    also: (scope: nock.Scope) => void = () => {},
  ): Promise<unknown> {
    const scope = cloud().persist();
    scope.get("/rest/api/3/field").reply(200, FIELDS);
    answerBulk(scope, (asked) => rawIssue(asked, values));
    also(scope);
    const jira = createJira(CLOUD, { clock: createTestClock() });
    const answer = (await jira.readTickets([key("PLAY-1")], names)).get(key("PLAY-1"));
    return answer?.state === "known" ? Object.fromEntries(answer.value.fields) : answer;
  }

  test("a name becomes its id; rich text becomes text; a name that no field has is no-such-field", async () => {
    expect(
      await readFields({ customfield_10010: doc(paragraph("Low: one flag")), customfield_10011: null }, [
        "Risk assessment",
        "Post-deploy checks",
        "Blast radius",
      ]),
    ).toEqual({
      "Risk assessment": { state: "filled", text: "Low: one flag" },
      "Post-deploy checks": { state: "empty" },
      "Blast radius": { state: "no-such-field" },
    });
  });

  test.each([
    ["the first is filled", { customfield_10020: { value: "Slow" }, customfield_10021: null }, "Slow"],
    ["the second is filled", { customfield_10020: null, customfield_10021: "by hand" }, "by hand"],
    ["only the second is there", { customfield_10021: "by hand" }, "by hand"],
  ])("two fields of one name: filled when either is (%s)", async (_, values, text) => {
    expect(await readFields(values, ["Rollout"])).toEqual({ Rollout: { state: "filled", text } });
  });

  test("a field written exactly so goes before one that differs by case; else case does not matter", async () => {
    const values = { customfield_10020: null, customfield_10021: null, customfield_10022: "shouted" };
    expect(await readFields(values, ["Rollout", "ROLLOUT", "rollout"])).toEqual({
      Rollout: { state: "empty" },
      ROLLOUT: { state: "filled", text: "shouted" },
      rollout: { state: "filled", text: "shouted" },
    });
  });

  test("a field may be named by its id", async () => {
    expect(await readFields({ customfield_10021: "x" }, ["customfield_10021"])).toEqual({
      customfield_10021: { state: "filled", text: "x" },
    });
  });

  const CREATE_META = "/rest/api/3/issue/createmeta/PLAY/issuetypes/10002?startAt=0&maxResults=200";

  test.each([
    ["has no such field", [{ fieldId: "summary" }], { state: "not-applicable" }],
    ["has the field", [{ fieldId: "summary" }, { fieldId: "customfield_10010" }], { state: "empty" }],
    ["is not to be believed (not even a summary)", [], { state: "empty" }],
  ])("a field that the answer leaves out, when the issue type %s", async (_, fields, expected) => {
    const also = (scope: nock.Scope): void => {
      scope.get(CREATE_META).reply(200, { fields, startAt: 0, maxResults: 200, total: fields.length });
    };
    expect(await readFields({}, ["Risk assessment"], also)).toEqual({ "Risk assessment": expected });
  });

  test.each([
    [403, { errorMessages: ["no"], errors: {} }],
    [404, { errorMessages: ["no"], errors: {} }],
    [400, { errorMessages: ["no"], errors: {} }],
  ])(
    "a field that the answer leaves out is empty, never excused, when the type's fields are refused with %i",
    async (status, body) => {
      const also = (scope: nock.Scope): void => void scope.get(CREATE_META).reply(status, body);
      expect(await readFields({}, ["Risk assessment"], also)).toEqual({
        "Risk assessment": { state: "empty" },
      });
    },
  );

  test("a field that the answer leaves out makes the ticket unknown when the type's fields fail for a while", async () => {
    const also = (scope: nock.Scope): void => void scope.get(CREATE_META).reply(503, "busy");
    expect(await readFields({}, ["Risk assessment"], also)).toEqual({
      state: "unknown",
      because: "jira-server-error",
      detail: "HTTP 503, GET /rest/api/3/issue/createmeta/PLAY/issuetypes/10002",
      retryAt: null,
    });
  });

  test("the type's fields are read once for all tickets of that type, page by page", async () => {
    const scope = cloud();
    scope.get("/rest/api/3/field").once().reply(200, FIELDS);
    const path = "/rest/api/3/issue/createmeta/PLAY/issuetypes/10002";
    scope.get(`${path}?startAt=0&maxResults=200`).reply(200, { fields: [{ fieldId: "summary" }], total: 2 });
    scope.get(`${path}?startAt=1&maxResults=200`).reply(200, { fields: [{ fieldId: "labels" }], total: 2 });
    answerBulk(cloud(), (asked) => rawIssue(asked));
    const jira = createJira(CLOUD, { clock: createTestClock() });
    const answers = await jira.readTickets(keys(40), ["Risk assessment"]);
    expect([...answers.values()].every((answer) => answer.state === "known")).toBe(true);
    expect(scope.isDone()).toBe(true);
  });

  test("the list of fields is read once an hour, and again for an unknown name after two minutes", async () => {
    let reads = 0;
    const scope = cloud().persist();
    scope.get("/rest/api/3/field").reply(200, () => {
      reads += 1;
      return reads === 1 ? FIELDS.slice(0, 2) : FIELDS;
    });
    answerBulk(scope, (asked) => rawIssue(asked, { customfield_10010: "text" }));
    const clock = createTestClock();
    const jira = createJira(CLOUD, { clock });
    const read = async () => {
      const answer = (await jira.readTickets([key("PLAY-1")], ["Risk assessment"])).get(key("PLAY-1"));
      return answer?.state === "known" ? answer.value.fields.get("Risk assessment")?.state : answer?.state;
    };
    expect([await read(), await read(), reads]).toEqual(["no-such-field", "no-such-field", 1]);
    clock.advance(120_000);
    expect([await read(), reads]).toEqual(["filled", 2]);
    clock.advance(3_599_000);
    expect([await read(), reads]).toEqual(["filled", 2]);
    clock.advance(1_000);
    expect([await read(), reads]).toEqual(["filled", 3]);
  });

  test("a list of fields that cannot be renewed serves the names it knows, and excuses none that it does not", async () => {
    let away = false;
    const scope = cloud().persist();
    scope.get("/rest/api/3/field").reply(() => (away ? [403, { errorMessages: ["no"] }] : [200, FIELDS]));
    answerBulk(scope, (asked) => rawIssue(asked, { customfield_10010: "text" }));
    const clock = createTestClock();
    const jira = createJira(CLOUD, { clock });
    const read = async (name: string) => {
      const answer = (await jira.readTickets([key("PLAY-1")], [name])).get(key("PLAY-1"));
      return answer?.state === "known" ? answer.value.fields.get(name)?.state : answer?.state;
    };
    expect(await read("Risk assessment")).toBe("filled");
    away = true;
    clock.advance(3_600_000);
    expect(await read("Risk assessment")).toBe("filled");
    expect(await read("Blast radius")).toBe("unknown");
  });

  test("without the list of fields nothing is said of any ticket", async () => {
    cloud()
      .get("/rest/api/3/field")
      .reply(403, { errorMessages: ["no"] });
    const jira = createJira(CLOUD, { clock: createTestClock() });
    expect((await jira.readTickets([key("PLAY-1")], ["Risk assessment"])).get(key("PLAY-1"))).toMatchObject({
      state: "unknown",
      because: "jira-forbidden",
    });
  });
});

test("behind Atlassian's gateway, links lead to the site, whose address is asked for once", async () => {
  const gateway = "https://api.atlassian.com/ex/jira/11a1";
  let asked = 0;
  const scope = nock("https://api.atlassian.com").persist();
  scope.post("/ex/jira/11a1/rest/api/3/issue/bulkfetch").reply(200, { issues: [rawIssue("PLAY-1")] });
  scope.get("/ex/jira/11a1/rest/api/3/serverInfo").reply(() => {
    asked += 1;
    return asked === 1 ? [503, ""] : [200, { baseUrl: "https://acme.example" }];
  });
  const jira = createJira({ ...CLOUD, baseUrl: gateway }, { clock: createTestClock() });
  const link = async () => {
    const answer = (await jira.readTickets(keys(1), [])).get(key("PLAY-1"));
    return answer?.state === "known" ? answer.value.url : answer;
  };
  expect([await link(), await link(), asked]).toEqual([
    "https://acme.example/browse/PLAY-1",
    "https://acme.example/browse/PLAY-1",
    2,
  ]);
});

describe("projects", () => {
  test("are read page by page and kept for ten minutes", async () => {
    let reads = 0;
    const scope = cloud().persist();
    scope.get("/rest/api/3/project/search?startAt=0&maxResults=100").reply(200, () => {
      reads += 1;
      return { values: [{ key: "PLAY" }, { key: "ops" }], total: 3, isLast: false };
    });
    scope.get("/rest/api/3/project/search?startAt=2&maxResults=100").reply(200, {
      values: [{ key: "WEB" }],
      total: 3,
      isLast: true,
    });
    const clock = createTestClock();
    const jira = createJira(CLOUD, { clock });
    expect(await Promise.all([jira.readProjects(), jira.readProjects()])).toEqual([
      { state: "known", value: ["PLAY", "OPS", "WEB"] },
      { state: "known", value: ["PLAY", "OPS", "WEB"] },
    ]);
    clock.advance(599_000);
    await jira.readProjects();
    expect(reads).toBe(1);
    clock.advance(1_000);
    await jira.readProjects();
    expect(reads).toBe(2);
  });

  test("that cannot be read are unknown", async () => {
    cloud()
      .get(/project\/search/)
      .reply(200, { nonsense: true });
    const jira = createJira(CLOUD, { clock: createTestClock() });
    expect(await jira.readProjects()).toEqual({
      state: "unknown",
      because: "jira-unexpected",
      detail: "JSON of another shape, GET /project/search",
      retryAt: null,
    });
  });
});
