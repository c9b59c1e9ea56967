import { describe, expect, test } from "vitest";
import { faultOf, message, START, startSlack } from "./slack-under-test.ts";

const TOKEN = "xoxb-canary-0123456789";

describe("what Slack will never take is refused, with the next step", () => {
  test.each([
    [
      "not_in_channel",
      "Slack answered not_in_channel: Holdpoint's bot is not in the channel: say /invite @holdpoint there",
    ],
    [
      "channel_not_found",
      "Slack answered channel_not_found: Slack shows the bot no such channel: check notify.slack.channel, and say /invite @holdpoint in it if it is private",
    ],
    [
      "is_archived",
      "Slack answered is_archived: the channel is archived: name another one under notify.slack.channel",
    ],
    ["msg_too_long", "Slack answered msg_too_long: the message is too long for Slack"],
    [
      "something_new",
      "Slack answered something_new: see https://docs.slack.dev/reference/methods/chat.postMessage#errors",
    ],
  ])("%s", async (error, detail) => {
    const { slack, sandbox } = await startSlack();
    sandbox.lie({ error });
    expect(await slack.sendMessage(message())).toEqual({ state: "refused", detail });
    expect(sandbox.calls().length).toBe(1);
  });

  test("a person whom Slack does not know", async () => {
    const { slack } = await startSlack();
    const sent = await slack.sendMessage(message({ to: { kind: "user", id: "U0NOBODY" } }));
    expect(sent).toEqual({
      state: "refused",
      detail: "Slack answered user_not_found: Slack knows no such person: check notify.slack.people",
    });
  });
});

describe("what nobody but the operator can mend is a wrong setting", () => {
  test.each([
    [
      "invalid_auth",
      "slack-refused while sending a message: Slack answered invalid_auth: Slack does not know SLACK_BOT_TOKEN: copy the bot token (xoxb-…) anew and restart",
    ],
    [
      "token_revoked",
      "slack-refused while sending a message: Slack answered token_revoked: SLACK_BOT_TOKEN was revoked: install the App again in Slack and set it anew",
    ],
    [
      "missing_scope",
      "slack-refused while sending a message: Slack answered missing_scope: the bot lacks a scope: add those of docs/slack.md under OAuth & Permissions, and install the App again",
    ],
  ])("%s", async (error, text) => {
    const { slack, sandbox } = await startSlack();
    sandbox.lie({ error });
    expect(await faultOf(slack.sendMessage(message()))).toEqual({
      kind: "misconfigured",
      code: "slack-refused",
      message: text,
      retryAt: null,
    });
  });

  test("REL-77: no fault shows the token", async () => {
    const { slack } = await startSlack({ token: TOKEN });
    const { code, message: text } = await faultOf(slack.sendMessage(message()));
    expect(code).toBe("slack-refused");
    expect(text).not.toContain(TOKEN);
  });
});

describe("Slack's own trouble is tried again", () => {
  test.each([
    ["a page with status 200", "page", "slack-unexpected", "the answer was not one of Slack's"],
    ["a 503", "unavailable", "slack-unexpected", "HTTP 503"],
    [
      "an error of its own",
      "internal_error",
      "slack-unexpected",
      "Slack answered internal_error: see https://docs.slack.dev/reference/methods/chat.postMessage#errors",
    ],
    ["a redirect, which is not followed", "redirect", "slack-unexpected", "HTTP 302"],
  ])("%s", async (_, error, code, detail) => {
    const { slack, sandbox } = await startSlack();
    sandbox.lie({ error, times: 1 });
    expect(await faultOf(slack.sendMessage(message()))).toEqual({
      kind: "retry-later",
      code,
      message: `${code} while sending a message: ${detail}`,
      retryAt: null,
    });
    expect(sandbox.calls().length).toBe(1);
    expect(await slack.sendMessage(message())).toMatchObject({ state: "done" });
  });

  test.each([
    ["that long", 30, 30],
    ["half a minute where Slack names no time", null, 30],
    ["an hour at most", 864_000, 3_600],
  ])("too many calls: that channel is left alone for %s, others are not", async (_, said, waited) => {
    const { slack, sandbox, pass } = await startSlack();
    sandbox.lie({ error: "ratelimited", times: 1, retryAfterSeconds: said });
    const until = new Date(START.getTime() + waited * 1_000);
    const limited = { kind: "retry-later", code: "slack-rate-limited", retryAt: until };
    expect(await faultOf(slack.sendMessage(message()))).toMatchObject(limited);
    expect(await faultOf(slack.sendMessage(message({ key: "2" })))).toMatchObject(limited);
    expect(sandbox.calls().length).toBe(1);
    const to = { kind: "user", id: "U012AB3CD" } as const;
    expect(await slack.sendMessage(message({ key: "3", to }))).toMatchObject({ state: "done" });
    pass(waited * 1_000);
    expect(await slack.sendMessage(message())).toMatchObject({ state: "done" });
  });

  test("no answer in time: nobody else waits for that long", async () => {
    let asked = 0;
    const { slack, pass } = await startSlack({
      timeoutMilliseconds: 50,
      answer: async () => {
        asked += 1;
        return await new Promise<Response>(() => undefined);
      },
    });
    expect(await faultOf(slack.sendMessage(message()))).toMatchObject({
      kind: "retry-later",
      code: "slack-unreachable",
    });
    expect(await faultOf(slack.findUserByEmail("octocat@example.com"))).toMatchObject({
      code: "slack-rate-limited",
      retryAt: new Date(START.getTime() + 5_000),
    });
    expect(asked).toBe(1);
    pass(5_000);
    await faultOf(slack.sendMessage(message()));
    expect(asked).toBe(2);
  });

  test("an answer without end is not read to it", async () => {
    const { slack } = await startSlack({
      maxBodyBytes: 1_000,
      answer: () =>
        new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(600)) })),
    });
    expect(await faultOf(slack.sendMessage(message()))).toMatchObject({
      code: "slack-unexpected",
      message: "slack-unexpected while sending a message: more than 1000 bytes",
    });
  });
});

describe("people by e-mail", () => {
  test("are asked for once, those who are not found too, and again after six hours", async () => {
    const { slack, sandbox, pass } = await startSlack();
    const found = async () => [
      await slack.findUserByEmail("Octocat@example.com"),
      await slack.findUserByEmail("nobody@example.com"),
      await slack.findUserByEmail("gone@example.com"),
    ];
    expect(await found()).toEqual(["U012AB3CD", null, null]);
    expect(await found()).toEqual(["U012AB3CD", null, null]);
    expect(sandbox.calls().length).toBe(3);
    pass(6 * 3_600_000);
    expect(await found()).toEqual(["U012AB3CD", null, null]);
    expect(sandbox.calls().length).toBe(6);
  });

  test("without the scope nobody is found, and the log says what is lacking", async () => {
    const { slack, sandbox, warnings } = await startSlack();
    sandbox.lie({ error: "missing_scope", method: "users.lookupByEmail", times: 1 });
    expect(await slack.findUserByEmail("octocat@example.com")).toBeNull();
    expect(warnings).toEqual([
      [
        "nobody can be looked up in Slack by e-mail",
        {
          code: "missing_scope",
          detail:
            "Slack answered missing_scope: the bot lacks a scope: add those of docs/slack.md under OAuth & Permissions, and install the App again",
        },
      ],
    ]);
    // As soon as somebody has given it.
    expect(await slack.findUserByEmail("octocat@example.com")).toBe("U012AB3CD");
  });
});
