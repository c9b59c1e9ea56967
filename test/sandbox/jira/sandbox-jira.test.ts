import { createHmac } from "node:crypto";
import { expect, describe, test } from "vitest";
import { createSandboxJira, type SandboxJira } from "../../../src/sandbox/jira/create-sandbox-jira.ts";
import type { JiraWebhook } from "../../../src/sandbox/jira/webhook.ts";

const clock = { now: () => new Date("2026-03-02T09:00:00.000Z") };

function create(deliver?: (webhook: JiraWebhook) => Promise<void>): SandboxJira {
  let count = 0;
  return createSandboxJira({
    clock,
    publicUrl: "http://127.0.0.1:4000",
    webhook: { url: "http://127.0.0.1:3000/api/jira/webhooks", secret: "shared" },
    newIdentifier: () => `hook-${(count += 1)}`,
    ...(deliver === undefined ? {} : { deliver }),
  });
}

/** Calls the sandbox in process, with the right credentials of both kinds. */
async function call(
  jira: SandboxJira,
  method: string,
  path: string,
  body?: unknown,
): Promise<[number, unknown]> {
  const { email, apiToken, personalAccessToken } = jira.credentials;
  const authorization = path.startsWith("/jira/")
    ? `Bearer ${personalAccessToken}`
    : `Basic ${Buffer.from(`${email}:${apiToken}`).toString("base64")}`;
  const response = await jira.fetch(
    new Request(`http://127.0.0.1:4000${path}`, {
      method,
      headers: { authorization },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  const parsed: unknown = text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text;
  return [response.status, parsed];
}

const DOCUMENT = {
  type: "doc",
  version: 1,
  content: [
    { type: "paragraph", content: [{ type: "text", text: "Low." }] },
    { type: "paragraph", content: [{ type: "text", text: "One flag." }] },
  ],
};

describe("mending a ticket over REST", () => {
  test("rich text goes in and out as a document in version 3, as text in version 2", async () => {
    const jira = create();
    jira.createIssue({ project: "PLAY", type: "Story", summary: "Carts" });
    const put = { fields: { customfield_10010: DOCUMENT } };
    expect(await call(jira, "PUT", "/rest/api/3/issue/PLAY-1", put)).toEqual([204, ""]);
    const field = "fields=customfield_10010";
    expect(await call(jira, "GET", `/rest/api/3/issue/PLAY-1?${field}`)).toMatchObject([
      200,
      { key: "PLAY-1", fields: { customfield_10010: DOCUMENT } },
    ]);
    expect(await call(jira, "GET", `/jira/rest/api/2/issue/PLAY-1?${field}`)).toMatchObject([
      200,
      { fields: { customfield_10010: "Low.\nOne flag." } },
    ]);
    expect(
      await call(jira, "PUT", "/rest/api/3/issue/PLAY-1", { fields: { customfield_10010: "text" } }),
    ).toEqual([
      400,
      { errorMessages: [], errors: { customfield_10010: "Operation value must be an Atlassian Document" } },
    ]);
  });

  test("a field that the issue's type does not have is refused", async () => {
    const jira = create();
    jira.createIssue({ project: "PLAY", type: "Task", summary: "Rename" });
    expect(
      await call(jira, "PUT", "/jira/rest/api/2/issue/PLAY-1", { fields: { customfield_10011: "x" } }),
    ).toEqual([
      400,
      {
        errorMessages: [],
        errors: {
          customfield_10011:
            "Field 'customfield_10011' cannot be set. It is not on the appropriate screen, or unknown.",
        },
      },
    ]);
  });

  test("the workflow offers what it allows and refuses the rest", async () => {
    const jira = create();
    jira.createIssue({ project: "PLAY", type: "Story", summary: "Carts" });
    const [, offered] = await call(jira, "GET", "/rest/api/3/issue/PLAY-1/transitions");
    expect(offered).toMatchObject({
      transitions: [{ id: "11", name: "Start", to: { name: "In Progress" } }],
    });
    const post = async (id: string) =>
      (await call(jira, "POST", "/rest/api/3/issue/PLAY-1/transitions", { transition: { id } }))[0];
    expect([await post("31"), await post("11"), await post("21"), await post("31")]).toEqual([
      400, 204, 204, 204,
    ]);
    expect(jira.findIssue("PLAY-1")?.status.name).toBe("Ready to deploy");
  });

  test("a comment is kept", async () => {
    const jira = create();
    jira.createIssue({ project: "PLAY", type: "Story", summary: "Carts" });
    const [status] = await call(jira, "POST", "/rest/api/3/issue/PLAY-1/comment", { body: DOCUMENT });
    expect(status).toBe(201);
    expect(jira.findIssue("PLAY-1")?.comments).toMatchObject([{ body: DOCUMENT }]);
  });

  test("an issue under a security level cannot be seen or changed", async () => {
    const jira = create();
    jira.createIssue({ project: "PLAY", type: "Story", summary: "Secret", restricted: true });
    const statuses = [
      (await call(jira, "GET", "/rest/api/3/issue/PLAY-1"))[0],
      (await call(jira, "GET", "/jira/rest/api/2/issue/PLAY-1"))[0],
      (await call(jira, "PUT", "/rest/api/3/issue/PLAY-1", { fields: { summary: "x" } }))[0],
      (await call(jira, "GET", "/rest/api/3/issue/PLAY-1/transitions"))[0],
    ];
    expect(statuses).toEqual([404, 403, 404, 404]);
  });
});

describe("answers that trip up clients", () => {
  test("bulk fetch takes 100 at most, answers in the order of ids, resolves moves in silence and leaves out the rest", async () => {
    const jira = create();
    for (const summary of ["one", "two", "three"])
      jira.createIssue({ project: "PLAY", type: "Bug", summary });
    jira.move("PLAY-2", "OPS");
    const body = { issueIdsOrKeys: ["PLAY-3", "play-1", "PLAY-2", "OPS-1", "PLAY-77"], fields: ["summary"] };
    const [status, answer] = await call(jira, "POST", "/rest/api/3/issue/bulkfetch", body);
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      issues: [{ key: "PLAY-1" }, { key: "OPS-1" }, { key: "PLAY-3" }],
      issueErrors: [],
    });
    const many = { issueIdsOrKeys: Array.from({ length: 101 }, (_, index) => `PLAY-${index + 1}`) };
    expect((await call(jira, "POST", "/rest/api/3/issue/bulkfetch", many))[0]).toBe(400);
  });

  test("Cloud has lost its search; Data Center's fails as a whole on one unknown key unless told not to", async () => {
    const jira = create();
    jira.createIssue({ project: "PLAY", type: "Bug", summary: "one" });
    const search = { jql: "key in (PLAY-1, PLAY-2)" };
    expect((await call(jira, "POST", "/rest/api/3/search", search))[0]).toBe(410);
    expect(await call(jira, "POST", "/jira/rest/api/2/search", search)).toEqual([
      400,
      { errorMessages: ["An issue with key 'PLAY-2' does not exist for field 'key'."], errors: {} },
    ]);
    expect(
      await call(jira, "POST", "/jira/rest/api/2/search", { ...search, validateQuery: false }),
    ).toMatchObject([200, { total: 1, issues: [{ key: "PLAY-1" }] }]);
  });

  test("a lie lasts for as many calls as were said, or until the truth is told, and only where it was told", async () => {
    const jira = create();
    jira.lie({ kind: "server-error", times: 2 });
    const status = async (path = "/rest/api/3/field") => (await call(jira, "GET", path))[0];
    expect([await status(), await status(), await status()]).toEqual([500, 500, 200]);
    jira.lie({ kind: "rate-limited", path: "/project", retryAfterSeconds: 5 });
    expect([
      await status(),
      await status("/rest/api/3/project"),
      await status("/rest/api/3/project"),
    ]).toEqual([200, 429, 429]);
    jira.tellTheTruth();
    expect(await status("/rest/api/3/project")).toBe(200);
  });

  test("an answer can break off in the middle", async () => {
    const jira = create();
    jira.lie({ kind: "broken-off" });
    await expect(call(jira, "GET", "/rest/api/3/field")).rejects.toThrow("the sandbox breaks off");
  });

  test("the request log knows method, path, status and which Jira was asked", async () => {
    const jira = create();
    await call(jira, "GET", "/rest/api/3/project/search?startAt=0");
    await call(jira, "GET", "/jira/rest/api/2/issue/PLAY-1");
    expect(jira.requests()).toEqual([
      {
        at: "2026-03-02T09:00:00.000Z",
        method: "GET",
        path: "/rest/api/3/project/search?startAt=0",
        status: 200,
        kind: "cloud",
      },
      {
        at: "2026-03-02T09:00:00.000Z",
        method: "GET",
        path: "/jira/rest/api/2/issue/PLAY-1",
        status: 404,
        kind: "data-center",
      },
    ]);
  });
});

describe("webhooks", () => {
  test("every change is told, signed over the very bytes, in order, whether it came by method or by REST", async () => {
    const sent: JiraWebhook[] = [];
    const jira = create((webhook) => {
      sent.push(webhook);
      return Promise.resolve();
    });
    jira.createIssue({ project: "PLAY", type: "Story", summary: "Carts" });
    await call(jira, "PUT", "/rest/api/3/issue/PLAY-1", { fields: { customfield_10010: DOCUMENT } });
    jira.transition("PLAY-1", "Start");
    jira.move("PLAY-1", "OPS");
    jira.comment("OPS-1", "done");
    jira.remove("OPS-1");
    await jira.delivered();

    const bodies = sent.map(({ body }): unknown => JSON.parse(body));
    expect(bodies).toMatchObject([
      { webhookEvent: "jira:issue_created", issue: { key: "PLAY-1" } },
      {
        webhookEvent: "jira:issue_updated",
        changelog: { items: [{ field: "Risk assessment", fieldId: "customfield_10010" }] },
        issue: { fields: { customfield_10010: "Low.\nOne flag." } },
      },
      {
        webhookEvent: "jira:issue_updated",
        timestamp: 1_772_442_000_000,
        changelog: { items: [{ field: "status", fromString: "To Do", toString: "In Progress" }] },
      },
      {
        webhookEvent: "jira:issue_updated",
        issue_event_type_name: "issue_moved",
        issue: { key: "OPS-1" },
        changelog: { items: [{ field: "Key", fromString: "PLAY-1", toString: "OPS-1" }] },
      },
      { webhookEvent: "comment_created", comment: { body: "done" } },
      { webhookEvent: "jira:issue_deleted", issue: { key: "OPS-1" } },
    ]);
    for (const { body, headers } of sent) {
      expect(headers["x-hub-signature"]).toBe(
        `sha256=${createHmac("sha256", "shared").update(body).digest("hex")}`,
      );
    }
    expect(sent.map(({ headers }) => headers["x-atlassian-webhook-identifier"])).toEqual([
      "hook-1",
      "hook-2",
      "hook-3",
      "hook-4",
      "hook-5",
      "hook-6",
    ]);
    expect(jira.webhooks().map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => "taken"));
  });

  test("a receiver that is away changes nothing about the issue", async () => {
    const jira = create(() => Promise.reject(new Error("ECONNREFUSED")));
    jira.createIssue({ project: "PLAY", type: "Story", summary: "Carts" });
    await jira.delivered();
    expect(jira.webhooks()).toMatchObject([{ outcome: "refused: ECONNREFUSED" }]);
    expect(jira.findIssue("PLAY-1")?.summary).toBe("Carts");
  });
});

describe("control over HTTP", () => {
  test("does what the methods do", async () => {
    const jira = create();
    const post = (path: string, body: unknown, method = "POST") =>
      call(jira, method, `/_control${path}`, body);
    const issue = { project: "PLAY", type: "Story", summary: "Carts", fields: { "Risk assessment": "Low" } };
    expect(await post("/issues", issue)).toMatchObject([
      200,
      { key: "PLAY-1", values: { customfield_10010: "Low" } },
    ]);
    expect(await post("/issues/PLAY-1", { summary: "Baskets" }, "PATCH")).toMatchObject([
      200,
      { summary: "Baskets" },
    ]);
    expect(await post("/issues/PLAY-1/transition", { to: "In Progress" })).toMatchObject([
      200,
      { status: { name: "In Progress" } },
    ]);
    expect(await post("/issues/PLAY-1/move", { project: "OPS" })).toMatchObject([
      200,
      { key: "OPS-1", oldKeys: ["PLAY-1"] },
    ]);
    expect(
      await post("/fields", { id: "customfield_1", name: "New", kind: "text", types: ["Story"] }),
    ).toEqual([204, ""]);
    expect(await post("/issues/OPS-1", { fields: { New: "x" } }, "PATCH")).toMatchObject([
      200,
      { values: { customfield_1: "x" } },
    ]);
    expect(await post("/lies", { kind: "gone", times: 1 })).toEqual([204, ""]);
    expect((await call(jira, "GET", "/rest/api/3/field"))[0]).toBe(410);
    expect(await call(jira, "GET", "/_control/requests")).toMatchObject([200, [{ status: 410 }]]);
  });

  test("says what is wrong with a wish", async () => {
    const jira = create();
    expect((await call(jira, "POST", "/_control/lies", { kind: "white" }))[0]).toBe(400);
    expect(
      (await call(jira, "POST", "/_control/issues", { project: "NOPE", type: "Story", summary: "x" }))[1],
    ).toEqual({
      errorMessages: [],
      errors: { project: "valid project is required" },
    });
    expect(() => jira.createIssue({ project: "PLAY", type: "Riddle", summary: "x" })).toThrow(
      "The issue type selected is invalid.",
    );
  });
});
