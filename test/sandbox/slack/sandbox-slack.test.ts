import { describe, expect, test } from "vitest";
import { createSandboxSlack, type SandboxSlack } from "../../../src/sandbox/slack/create-sandbox-slack.ts";

const clock = { now: () => new Date("2026-03-02T09:00:00.000Z") };

async function call(
  slack: SandboxSlack,
  method: string,
  body: Readonly<Record<string, unknown>>,
  options: { readonly form?: boolean; readonly token?: string } = {},
): Promise<unknown> {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) {
    form.set(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  const response = await slack.fetch(
    new Request(`http://slack.example/api/${method}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${options.token ?? slack.token}`,
        "content-type":
          options.form === true ? "application/x-www-form-urlencoded" : "application/json; charset=utf-8",
      },
      body: options.form === true ? form.toString() : JSON.stringify(body),
    }),
  );
  const answer: unknown = await response.json();
  return response.status === 200 ? answer : [response.status, response.headers.get("retry-after"), answer];
}

describe("the sandbox Slack", () => {
  test.each([false, true])("takes a message and its update (as a form: %s)", async (form) => {
    const slack = createSandboxSlack({ clock });
    const blocks = [{ type: "divider" }];
    expect(
      await call(slack, "chat.postMessage", { channel: "#deploys", text: "held", blocks }, { form }),
    ).toEqual({
      ok: true,
      channel: "C0DEPLOYS",
      ts: "1772442000.000001",
      message: { type: "message", text: "held", ts: "1772442000.000001" },
    });
    const update = { channel: "C0DEPLOYS", ts: "1772442000.000001", text: "open" };
    expect(await call(slack, "chat.update", update, { form })).toMatchObject({ ok: true, text: "open" });
    expect(slack.messages("C0DEPLOYS")).toEqual([
      {
        channel: "C0DEPLOYS",
        ts: "1772442000.000001",
        threadTs: null,
        text: "open",
        blocks,
        edited: true,
        metadata: null,
        botId: "B0HOLDPOINT",
      },
    ]);
    expect(slack.calls()).toEqual(["chat.postMessage", "chat.update"]);
  });

  test("finds a person by e-mail and takes a direct message", async () => {
    const slack = createSandboxSlack({ clock });
    const found = await call(slack, "users.lookupByEmail", { email: "octocat@example.com" }, { form: true });
    expect(found).toEqual({ ok: true, user: { id: "U012AB3CD", name: "octocat" } });
    expect(await call(slack, "conversations.open", { users: "U012AB3CD" })).toEqual({
      ok: true,
      channel: { id: "D012AB3CD" },
    });
    expect(await call(slack, "chat.postMessage", { channel: "D012AB3CD", text: "hello" })).toMatchObject({
      ok: true,
    });
    expect(slack.messages("D012AB3CD").map(({ text }) => text)).toEqual(["hello"]);
  });

  test.each([
    ["chat.postMessage", { channel: "#nowhere", text: "x" }, "channel_not_found"],
    ["chat.postMessage", { channel: "#private", text: "x" }, "not_in_channel"],
    ["chat.postMessage", { channel: "#old", text: "x" }, "is_archived"],
    ["chat.postMessage", { channel: "#deploys" }, "no_text"],
    ["chat.postMessage", { channel: "#deploys", text: "x".repeat(40_001) }, "msg_too_long"],
    [
      "chat.postMessage",
      { channel: "#deploys", text: "x", blocks: Array.from({ length: 51 }, () => ({})) },
      "invalid_blocks",
    ],
    ["chat.postMessage", { channel: "#deploys", text: "x", blocks: "no list" }, "invalid_blocks"],
    ["chat.postMessage", {}, "invalid_arguments"],
    [
      "chat.postMessage",
      {
        channel: "#deploys",
        text: "x",
        blocks: [{ type: "section", text: { type: "mrkdwn", text: "x".repeat(3_001) } }],
      },
      "invalid_blocks",
    ],
    [
      "chat.postMessage",
      {
        channel: "#deploys",
        text: "x",
        blocks: Array.from({ length: 5 }, () => ({ type: "section", text: { text: "x".repeat(3_000) } })),
      },
      "msg_blocks_too_long",
    ],
    ["chat.postMessage", { channel: "#deploys", text: "x", metadata: "{" }, "invalid_metadata_format"],
    ["chat.postMessage", { channel: "#deploys", text: "x", thread_ts: "1.1" }, "cannot_reply_to_message"],
    ["conversations.history", { channel: "#deploys" }, "channel_not_found"],
    ["conversations.history", { channel: "C0PRIVATE" }, "not_in_channel"],
    ["conversations.replies", { channel: "C0DEPLOYS", ts: "1.1" }, "thread_not_found"],
    ["users.lookupByEmail", { email: "gone@example.com" }, "users_not_found"],
    ["chat.update", { channel: "C0DEPLOYS", ts: "1.1", text: "x" }, "message_not_found"],
    ["users.lookupByEmail", { email: "nobody@example.com" }, "users_not_found"],
    ["conversations.open", { users: "U0NOBODY" }, "user_not_found"],
    ["toString", {}, "unknown_method"],
  ])("%s %j: refused in Slack's way, with status 200, as %s", async (method, body, error) => {
    const slack = createSandboxSlack({ clock });
    expect(await call(slack, method, body)).toEqual({ ok: false, error });
    expect(slack.messages()).toEqual([]);
  });

  test.each([false, true])(
    "shows what was said, metadata to who asks for it (as a form: %s)",
    async (form) => {
      const slack = createSandboxSlack({ clock });
      const metadata = { event_type: "holdpoint", event_payload: { key: "a" } };
      await call(slack, "chat.postMessage", { channel: "#deploys", text: "one", metadata }, { form });
      await call(slack, "chat.postMessage", { channel: "#deploys", text: "two" }, { form });
      const thread = "1772442000.000001";
      await call(slack, "chat.postMessage", { channel: "#deploys", text: "re", thread_ts: thread }, { form });
      const own = { type: "message", user: "U0HOLDPOINT", bot_id: "B0HOLDPOINT", blocks: [] };
      const one = { ...own, ts: thread, text: "one" };
      const two = { ...own, ts: "1772442000.000002", text: "two" };
      const history = { channel: "C0DEPLOYS", include_all_metadata: true, limit: 1 };
      expect(await call(slack, "conversations.history", history, { form })).toEqual({
        ok: true,
        messages: [two],
        has_more: true,
        response_metadata: { next_cursor: "1" },
      });
      expect(await call(slack, "conversations.history", { ...history, cursor: "1" }, { form })).toEqual({
        ok: true,
        messages: [{ ...one, metadata }],
        has_more: false,
        response_metadata: { next_cursor: "" },
      });
      expect(
        await call(slack, "conversations.replies", { channel: "C0DEPLOYS", ts: thread }, { form }),
      ).toMatchObject({ messages: [one, { text: "re", thread_ts: thread }], has_more: false });
      expect(
        await call(slack, "conversations.history", { ...history, oldest: "1772442001" }, { form }),
      ).toEqual({ ok: true, messages: [], has_more: false, response_metadata: { next_cursor: "" } });
    },
  );

  test("lists its channels in pages, the archived ones on demand", async () => {
    const slack = createSandboxSlack({ clock });
    const deploys = { id: "C0DEPLOYS", name: "deploys", is_member: true, is_archived: false };
    const hidden = { id: "C0PRIVATE", name: "private", is_member: false, is_archived: false };
    expect(await call(slack, "conversations.list", { limit: 1, exclude_archived: true })).toEqual({
      ok: true,
      channels: [deploys],
      response_metadata: { next_cursor: "1" },
    });
    expect(await call(slack, "conversations.list", { cursor: "1", exclude_archived: true })).toEqual({
      ok: true,
      channels: [hidden],
      response_metadata: { next_cursor: "" },
    });
    expect(await call(slack, "conversations.list", {})).toMatchObject({ channels: { length: 3 } });
  });

  test("a wrong token is told so", async () => {
    const slack = createSandboxSlack({ clock });
    expect(await call(slack, "auth.test", {}, { token: "xoxb-wrong" })).toEqual({
      ok: false,
      error: "invalid_auth",
    });
  });

  test("lies on demand", async () => {
    const slack = createSandboxSlack({ clock });
    slack.lie({ error: "ratelimited", times: 1, retryAfterSeconds: 30 });
    slack.lie({ error: "token_revoked" });
    expect(await call(slack, "auth.test", {})).toEqual([429, "30", { ok: false, error: "ratelimited" }]);
    expect(await call(slack, "auth.test", {})).toEqual({ ok: false, error: "token_revoked" });
    slack.tellTheTruth();
    expect(await call(slack, "auth.test", {})).toMatchObject({ ok: true });
  });
});
