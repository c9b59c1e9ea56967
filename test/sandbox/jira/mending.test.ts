import { serve } from "@hono/node-server";
import { assert, asyncProperty, constantFrom, pre, string } from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { createJira } from "../../../src/adapters/jira/create-jira.ts";
import { asTicketKey } from "../../../src/adapters/jira/issue.ts";
import type { JiraSettings } from "../../../src/config.ts";
import type { TicketKey } from "../../../src/domain/model.ts";
import { typedText } from "../../../src/domain/requests/typed-text.ts";
import type { MendsTickets, ReadsTickets } from "../../../src/ports/jira.ts";
import { createSandboxJira, type SandboxJira } from "../../../src/sandbox/jira/create-sandbox-jira.ts";

const clock = { now: () => new Date("2026-03-02T09:00:00.000Z") };
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

interface Stage {
  readonly sandbox: SandboxJira;
  readonly jira: ReadsTickets & MendsTickets;
  readonly calls: (method: string) => readonly string[];
}

async function openStage(kind: JiraSettings["kind"]): Promise<Stage> {
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
  const { email, apiToken, personalAccessToken } = sandbox.credentials;
  const settings: JiraSettings =
    kind === "cloud"
      ? { kind, baseUrl: url, email, apiToken }
      : { kind, baseUrl: `${url}/jira`, personalAccessToken };
  sandbox.createIssue({ project: "PLAY", type: "Story", summary: "Carts", status: "In Review" });
  return {
    sandbox,
    jira: createJira(settings, { clock }),
    calls: (method) =>
      sandbox
        .requests()
        .filter((one) => one.method === method)
        .map(({ path }) => path),
  };
}

function key(text: string): TicketKey {
  const parsed = asTicketKey(text);
  if (parsed === null) throw new Error(`${text} is no ticket key`);
  return parsed;
}
const PLAY_1 = key("PLAY-1");
const RISK = "Risk assessment";

async function fieldOf({ jira }: Stage, name: string): Promise<unknown> {
  const forms = await jira.readFieldForms(PLAY_1, [name]);
  if (forms.state !== "known") return forms;
  return forms.value.get(name) ?? null;
}

describe.each(["cloud", "data-center"] as const)("mending a ticket: %s", (kind) => {
  test("each kind of field says how it is filled in, and what stands there", async () => {
    const stage = await openStage(kind);
    stage.sandbox.addField({ id: "customfield_10020", name: "Users hit", kind: "number" }, ["Story"]);
    stage.sandbox.addField({ id: "customfield_10021", name: "Watched until", kind: "date" }, ["Story"]);
    const areas = { id: "customfield_10022", name: "Areas", kind: "multi-select" as const };
    stage.sandbox.addField({ ...areas, options: ["Cart", "Pay"] }, ["Story"]);
    await stage.jira.writeFields(PLAY_1, [{ name: "Users hit", text: "40" }]);
    const names = [RISK, "Rollout", "Users hit", "Watched until", "Areas", "Reviewed by", "Nothing"];
    const forms = await stage.jira.readFieldForms(PLAY_1, names);
    expect(forms.state === "known" ? Object.fromEntries(forms.value) : forms).toEqual({
      [RISK]: { form: { kind: "text", lines: "many" }, value: null, formatted: false },
      Rollout: {
        form: { kind: "choice", options: ["Everybody at once", "Behind a flag"], several: false },
        value: null,
        formatted: false,
      },
      "Users hit": { form: { kind: "number" }, value: "40", formatted: false },
      "Watched until": { form: { kind: "date" }, value: null, formatted: false },
      Areas: {
        form: { kind: "choice", options: ["Cart", "Pay"], several: true },
        value: null,
        formatted: false,
      },
      "Reviewed by": { form: { kind: "elsewhere", type: "userpicker" }, value: null, formatted: false },
    });
  });

  test("what was written in each kind of field comes back, and is what the rules read", async () => {
    const stage = await openStage(kind);
    const areas = { id: "customfield_10022", name: "Areas", kind: "multi-select" as const };
    stage.sandbox.addField({ ...areas, options: ["Cart", "Pay, later"] }, ["Story"]);
    const written = await stage.jira.writeFields(PLAY_1, [
      { name: RISK, text: "Low.\n\nOne *flag* {code} [a|b]" },
      { name: "Rollout", text: "Behind a flag" },
      { name: "Areas", text: "Cart\nPay, later" },
    ]);
    expect(written).toEqual({ state: "done" });
    expect(stage.calls("PUT")).toHaveLength(1);
    expect(await fieldOf(stage, RISK)).toMatchObject({
      value: "Low.\n\nOne *flag* {code} [a|b]",
      formatted: false,
    });
    expect(await fieldOf(stage, "Areas")).toMatchObject({ value: "Cart\nPay, later" });
    const tickets = await stage.jira.readTickets([PLAY_1], [RISK, "Rollout", "Areas"]);
    const ticket = tickets.get(PLAY_1);
    expect(ticket?.state === "known" ? Object.fromEntries(ticket.value.fields) : ticket).toEqual({
      [RISK]: { state: "filled", text: "Low.\nOne *flag* {code} [a|b]" },
      Rollout: { state: "filled", text: "Behind a flag" },
      Areas: { state: "filled", text: "Cart, Pay, later" },
    });
  });

  test("whatever is typed comes back the same", async () => {
    const stage = await openStage(kind);
    const alphabet = "ab 1\n\n*_-+^~{}[]|!?\\&#;<>@é\u{1F600}";
    const typed = string({ unit: constantFrom(...Array.from(alphabet)), minLength: 1, maxLength: 60 });
    await assert(
      asyncProperty(typed, async (raw) => {
        const text = typedText(raw);
        pre(text !== "");
        await stage.jira.writeFields(PLAY_1, [{ name: RISK, text }]);
        expect(await fieldOf(stage, RISK)).toEqual({
          form: { kind: "text", lines: "many" },
          value: text,
          formatted: false,
        });
      }),
      { numRuns: 60 },
    );
  });

  test("a text with formatting says so, because saving it here makes it plain", async () => {
    const stage = await openStage(kind);
    const marks = [{ type: "strong" }];
    const content = [{ type: "paragraph", content: [{ type: "text", text: "High", marks }] }];
    const formatted = kind === "cloud" ? { type: "doc", version: 1, content } : "h2. *High*";
    stage.sandbox.editIssue("PLAY-1", { fields: { [RISK]: formatted } });
    expect(await fieldOf(stage, RISK)).toMatchObject({ formatted: true });
  });

  test("a value that the field does not take is refused before anything is written", async () => {
    const stage = await openStage(kind);
    stage.sandbox.addField({ id: "customfield_10020", name: "Users hit", kind: "number" }, ["Story"]);
    stage.sandbox.addField({ id: "customfield_10021", name: "Watched until", kind: "date" }, ["Story"]);
    const refusals: unknown[] = [];
    for (const [name, text] of [
      ["Users hit", "many"],
      ["Watched until", "2026-02-31"],
      ["Rollout", "Never"],
      ["Reviewed by", "octocat"],
      ["Blast radius", "small"],
    ] as const) {
      const fields = [
        { name: RISK, text: "low" },
        { name, text },
      ];
      refusals.push(await stage.jira.writeFields(PLAY_1, fields));
    }
    expect(refusals).toEqual([
      { state: "refused", detail: "“Users hit” takes a number, such as 3 or 0.5." },
      { state: "refused", detail: "“Watched until” takes a day, such as 2026-12-24." },
      { state: "refused", detail: "“Rollout” has no such choice any more." },
      { state: "refused", detail: "“Reviewed by” takes something that is chosen in Jira itself." },
      { state: "refused", detail: "Jira does not show “Blast radius” for editing on this ticket." },
    ]);
    expect(stage.calls("PUT")).toEqual([]);
  });

  test("what Jira itself refuses is told in its words", async () => {
    const stage = await openStage(kind);
    expect(await stage.jira.writeFields(PLAY_1, [{ name: RISK, text: "x".repeat(32_768) }])).toEqual({
      state: "refused",
      detail: "The entered text is too long. It exceeds the allowed limit of 32,767 characters.",
    });
    expect(await stage.jira.moveTicket(PLAY_1, "11")).toEqual({
      state: "refused",
      detail: "It seems that you have tried to perform an illegal workflow operation on this issue.",
    });
    expect(await stage.jira.writeFields(key("PLAY-404"), [{ name: RISK, text: "low" }])).toEqual({
      state: "refused",
      detail: "Jira says that there is no such ticket, or that Holdpoint may not see it.",
    });
  });

  test("a ticket goes along its own workflow; what a screen insists on is named, unless it is filled in", async () => {
    const stage = await openStage(kind);
    stage.sandbox.transition("PLAY-1", "Accept");
    const ways = async () => {
      const read = await stage.jira.readTransitions(PLAY_1);
      return read.state === "known" ? read.value : read;
    };
    expect(await ways()).toEqual([
      { id: "41", name: "Close", to: "Done", needs: [] },
      { id: "45", name: "Close with checks", to: "Done", needs: ["Post-deploy checks"] },
      { id: "51", name: "Reopen", to: "To Do", needs: [] },
    ]);
    expect(await stage.jira.moveTicket(PLAY_1, "45")).toEqual({
      state: "refused",
      detail: "Post-deploy checks is required.",
    });
    await stage.jira.writeFields(PLAY_1, [{ name: "Post-deploy checks", text: "Look at the graphs" }]);
    expect(await ways()).toContainEqual({ id: "45", name: "Close with checks", to: "Done", needs: [] });
    expect(await stage.jira.moveTicket(PLAY_1, "45")).toEqual({ state: "done" });
    expect(stage.sandbox.findIssue("PLAY-1")?.status.name).toBe("Done");
  });

  test("a comment is said once, however often it is asked for", async () => {
    const stage = await openStage(kind);
    const comment = { text: "octocat filled in *Risk*.", mark: "Holdpoint, acme/storefront, request 7." };
    expect(await stage.jira.commentOnTicket(PLAY_1, comment)).toEqual({ state: "done" });
    stage.sandbox.comment("PLAY-1", "Thanks!");
    expect(await stage.jira.commentOnTicket(PLAY_1, comment)).toEqual({ state: "done" });
    expect(stage.sandbox.findIssue("PLAY-1")?.comments).toHaveLength(2);
    await stage.jira.commentOnTicket(PLAY_1, { ...comment, mark: "Holdpoint, acme/storefront, request 8." });
    expect(stage.sandbox.findIssue("PLAY-1")?.comments).toHaveLength(3);
  });

  test("a comment is found again among very many", async () => {
    const stage = await openStage(kind);
    for (let count = 0; count < 60; count += 1) stage.sandbox.comment("PLAY-1", `Before ${count}`);
    const comment = { text: "octocat moved this.", mark: "Holdpoint, acme/storefront, request 9." };
    await stage.jira.commentOnTicket(PLAY_1, comment);
    await stage.jira.commentOnTicket(PLAY_1, comment);
    expect(stage.sandbox.findIssue("PLAY-1")?.comments).toHaveLength(61);
  });

  test("a write that fails is not sent twice, and rises: whether it was done is looked up later", async () => {
    const stage = await openStage(kind);
    for (const lie of ["server-error", "unavailable"] as const) {
      stage.sandbox.forgetRequests();
      stage.sandbox.lie({ kind: lie, path: "/transitions" });
      await expect(stage.jira.moveTicket(PLAY_1, "31")).rejects.toMatchObject({ kind: "retry-later" });
      expect(stage.calls("POST")).toHaveLength(1);
      stage.sandbox.tellTheTruth();
    }
  });

  test("a key that is none is sent nowhere", async () => {
    const { jira, sandbox } = await openStage(kind);
    for (const hostile of ["PLAY-1/../x", "play-1", "PLAY-1?x", "../PLAY-1"]) {
      const pretended = pretend(hostile);
      expect(await jira.readTransitions(pretended)).toMatchObject({ state: "missing" });
      expect(await jira.readFieldForms(pretended, [RISK])).toMatchObject({ state: "missing" });
      expect(await jira.moveTicket(pretended, "31")).toMatchObject({ state: "refused" });
      expect(await jira.writeFields(pretended, [{ name: RISK, text: "x" }])).toMatchObject({
        state: "refused",
      });
      expect(await jira.commentOnTicket(pretended, { text: "x", mark: "y" })).toMatchObject({
        state: "refused",
      });
    }
    expect(await jira.moveTicket(PLAY_1, "31/../x")).toMatchObject({ state: "refused" });
    expect(sandbox.requests()).toEqual([]);
  });
});

function pretend(text: string): TicketKey {
  if (isPretended(text)) return text;
  throw new Error("unreachable");
}
function isPretended(text: string): text is TicketKey {
  return text.length > 0;
}
