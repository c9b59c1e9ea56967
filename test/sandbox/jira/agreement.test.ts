import { serve } from "@hono/node-server";
import { afterEach, describe, expect, test } from "vitest";
import { createJira } from "../../../src/adapters/jira/create-jira.ts";
import { asTicketKey } from "../../../src/adapters/jira/issue.ts";
import type { JiraSettings } from "../../../src/config.ts";
import type { Reading, TicketKey, UnknownCode } from "../../../src/domain/model.ts";
import type { Ticket } from "../../../src/domain/ticket.ts";
import type { ReadsTickets, SurveysJira } from "../../../src/ports/jira.ts";
import { createSandboxJira, type SandboxJira } from "../../../src/sandbox/jira/create-sandbox-jira.ts";
import type { JiraLie } from "../../../src/sandbox/jira/lies.ts";

const clock = { now: () => new Date("2026-03-02T09:00:00.000Z") };
const FIELDS = ["Risk assessment", "Post-deploy checks", "Rollout", "Reviewed by", "Blast radius"];
const KINDS = ["cloud", "data-center"] as const;

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

interface Stage {
  readonly sandbox: SandboxJira;
  readonly jira: ReadsTickets & SurveysJira;
  readonly siteUrl: string;
}

/** A sandbox behind a real server on loopback, and the adapter that Holdpoint uses in production in front of it. */
async function openStage(
  kind: JiraSettings["kind"],
  credentials: Partial<SandboxJira["credentials"]> = {},
): Promise<Stage> {
  const sandbox = createSandboxJira({ clock });
  const port = await new Promise<number>((resolve) => {
    const server = serve({ fetch: sandbox.fetch, port: 0, hostname: "127.0.0.1" }, (info) =>
      resolve(info.port),
    );
    open.push(() => {
      sandbox.tellTheTruth();
      server.close();
    });
  });
  const url = `http://127.0.0.1:${port}`;
  const { email, apiToken, personalAccessToken } = { ...sandbox.credentials, ...credentials };
  const settings: JiraSettings =
    kind === "cloud"
      ? { kind, baseUrl: url, email, apiToken }
      : { kind, baseUrl: `${url}/jira`, personalAccessToken };
  const limits = { answerWithin: 300, completeWithin: 400 };
  return { sandbox, jira: createJira(settings, { clock, limits }), siteUrl: settings.baseUrl };
}

function key(text: string): TicketKey {
  const parsed = asTicketKey(text);
  if (parsed === null) throw new Error(`${text} is no ticket key`);
  return parsed;
}

function show(reading: Reading<Ticket> | undefined): unknown {
  return reading?.state === "known"
    ? { ...reading.value, fields: Object.fromEntries(reading.value.fields) }
    : reading;
}

function fill(sandbox: SandboxJira): void {
  sandbox.createIssue({
    project: "PLAY",
    type: "Story",
    summary: "Carts survive a restart",
    status: "Ready to deploy",
    fields: {
      "Risk assessment": "Low.\nOne flag.",
      "Post-deploy checks": "",
      customfield_10013: "by hand",
      "Reviewed by": { accountId: "sandbox:2", displayName: "Reviewer" },
    },
  });
  sandbox.createIssue({ project: "PLAY", type: "Task", summary: "Rename a metric" });
  sandbox.createIssue({ project: "PLAY", type: "Sub-task", summary: "The half of it", parent: "PLAY-1" });
  sandbox.createIssue({ project: "PLAY", type: "Bug", summary: "Secret", restricted: true });
  sandbox.createIssue({ project: "PLAY", type: "Bug", summary: "Moved away", status: "Done" });
  sandbox.move("PLAY-5", "OPS");
}

describe.each(KINDS)("the adapter and the sandbox agree: %s", (kind) => {
  test("field by field", async () => {
    const { sandbox, jira, siteUrl } = await openStage(kind);
    fill(sandbox);

    const answers = await jira.readTickets(["PLAY-1", "PLAY-2", "PLAY-3", "PLAY-5"].map(key), FIELDS);

    expect(show(answers.get(key("PLAY-1")))).toEqual({
      key: "PLAY-1",
      summary: "Carts survive a restart",
      type: "Story",
      isSubtask: false,
      parent: null,
      status: { name: "Ready to deploy", category: "indeterminate" },
      fields: {
        "Risk assessment": { state: "filled", text: "Low.\nOne flag." },
        "Post-deploy checks": { state: "empty" },
        Rollout: { state: "filled", text: "by hand" },
        "Reviewed by": { state: "filled", text: "Reviewer" },
        "Blast radius": { state: "no-such-field" },
      },
      url: `${siteUrl}/browse/PLAY-1`,
    });
    expect(show(answers.get(key("PLAY-2")))).toMatchObject({
      type: "Task",
      status: { name: "To Do", category: "new" },
      fields: {
        "Risk assessment": { state: "empty" },
        "Post-deploy checks": { state: "not-applicable" },
        Rollout: { state: "empty" },
        "Reviewed by": { state: "not-applicable" },
      },
    });
    expect(show(answers.get(key("PLAY-3")))).toMatchObject({ isSubtask: true, parent: "PLAY-1" });
    expect(show(answers.get(key("PLAY-5")))).toMatchObject({
      key: "OPS-1",
      status: { name: "Done", category: "done" },
      url: `${siteUrl}/browse/OPS-1`,
    });
    expect(await jira.readProjects()).toEqual({ state: "known", value: ["PLAY", "OPS"] });
    const names = await jira.readNames();
    if (names.state !== "known") throw new Error(names.detail);
    expect(names.value.fields).toContain("Risk assessment");
    expect(names.value.statuses).toContainEqual({ name: "Done", done: true });
  });

  test("what is not there and what may not be seen are missing alike", async () => {
    const { sandbox, jira } = await openStage(kind);
    fill(sandbox);
    const answers = await jira.readTickets(["PLAY-1", "PLAY-4", "PLAY-99", "NOPE-1"].map(key), []);
    expect([...answers].map(([asked, { state }]) => `${asked} ${state}`)).toEqual([
      "PLAY-1 known",
      "PLAY-4 missing",
      "PLAY-99 missing",
      "NOPE-1 missing",
    ]);
  });

  test("230 tickets, two of them moved, take three calls and two more; a second look three", async () => {
    const { sandbox, jira } = await openStage(kind);
    for (let number = 1; number <= 230; number += 1) {
      sandbox.createIssue({ project: "PLAY", type: "Story", summary: `Story ${number}` });
    }
    sandbox.move("PLAY-7", "OPS");
    sandbox.move("PLAY-180", "OPS");
    const all = Array.from({ length: 230 }, (_, index) => key(`PLAY-${index + 1}`));

    const first = await jira.readTickets(all, ["Risk assessment"]);
    const firstCalls = sandbox.requests().map(({ method }) => method);
    sandbox.forgetRequests();
    const second = await jira.readTickets(all, ["Risk assessment"]);

    for (const answers of [first, second]) {
      expect([...answers.values()].filter(({ state }) => state === "known")).toHaveLength(230);
    }
    // One GET for the list of fields, one for each ticket that did not come back.
    expect(firstCalls.filter((method) => method === "POST")).toHaveLength(3);
    expect(firstCalls.filter((method) => method === "GET")).toHaveLength(3);
    expect(sandbox.requests().map(({ method }) => method)).toEqual(["POST", "POST", "POST"]);
  });

  test("what a person mends is seen at the next look", async () => {
    const { sandbox, jira } = await openStage(kind);
    sandbox.createIssue({ project: "PLAY", type: "Story", summary: "Unready" });
    const look = async () =>
      show((await jira.readTickets([key("PLAY-1")], ["Risk assessment"])).get(key("PLAY-1")));
    expect(await look()).toMatchObject({ fields: { "Risk assessment": { state: "empty" } } });
    sandbox.editIssue("PLAY-1", { fields: { "Risk assessment": "None: it is a text." } });
    for (const step of ["Start", "Ask for review", "Ready to deploy"]) sandbox.transition("PLAY-1", step);
    expect(await look()).toMatchObject({
      status: { name: "Ready to deploy" },
      fields: { "Risk assessment": { state: "filled", text: "None: it is a text." } },
    });
  });

  test.each<[JiraLie["kind"], UnknownCode]>([
    ["unauthorized", "jira-unauthorized"],
    ["anonymous", "jira-unauthorized"],
    ["captcha", "jira-captcha"],
    ["forbidden", "jira-forbidden"],
    ["gone", "jira-gone"],
    ["rate-limited", "jira-rate-limited"],
    ["server-error", "jira-server-error"],
    ["unavailable", "jira-server-error"],
    ["redirect", "jira-redirected"],
    ["login-page", "jira-not-json"],
    ["truncated", "jira-incomplete"],
    ["trickling", "jira-incomplete"],
    ["hanging", "jira-timeout"],
  ])(
    "REL-72: a Jira that is %s makes tickets unknown (%s), and known again afterwards",
    async (lie, because) => {
      const { sandbox, jira } = await openStage(kind);
      sandbox.createIssue({ project: "PLAY", type: "Story", summary: "Here all the time" });
      sandbox.lie({ kind: lie });
      expect((await jira.readTickets([key("PLAY-1")], [])).get(key("PLAY-1"))).toMatchObject({
        state: "unknown",
        because,
      });
      sandbox.tellTheTruth();
      if (lie === "rate-limited") return;
      expect((await jira.readTickets([key("PLAY-1")], [])).get(key("PLAY-1"))).toMatchObject({
        state: "known",
      });
    },
  );

  test("REL-72: a wrong token finds no ticket missing", async () => {
    const { sandbox, jira } = await openStage(kind, { apiToken: "wrong", personalAccessToken: "wrong" });
    sandbox.createIssue({ project: "PLAY", type: "Story", summary: "Here all the time" });
    const answers = await jira.readTickets([key("PLAY-1")], ["Risk assessment"]);
    expect(answers.get(key("PLAY-1"))).toMatchObject({ state: "unknown", because: "jira-unauthorized" });
    expect(await jira.readProjects()).toMatchObject({ state: "unknown", because: "jira-unauthorized" });
  });
});

test("Cloud settings for a Data Center, and the other way round, are told apart from missing tickets", async () => {
  const { sandbox, siteUrl } = await openStage("data-center");
  sandbox.createIssue({ project: "PLAY", type: "Story", summary: "Here" });
  const jira = createJira(
    { kind: "cloud", baseUrl: siteUrl, email: "a@b.example", apiToken: "x" },
    { clock },
  );
  expect((await jira.readTickets([key("PLAY-1")], [])).get(key("PLAY-1"))).toMatchObject({
    state: "unknown",
    because: "jira-no-endpoint",
  });
});
