import { describe, expect, test } from "vitest";
import { faultOf, message, START, startSlack } from "./slack-under-test.ts";

const ONE_HOUR_AGO = new Date(START.getTime() - 3_600_000);

describe("a first try", () => {
  test("is one call, in which nothing but the mrkdwn is parsed and nothing is unfolded", async () => {
    const { slack, sandbox, bodies } = await startSlack();
    expect(await slack.sendMessage(message({ text: "<https://x.example|unit> is red" }))).toEqual({
      state: "done",
      place: { channel: "C0DEPLOYS", ts: "1772442000.000001" },
    });
    expect(sandbox.calls()).toEqual(["chat.postMessage"]);
    const block = {
      type: "section",
      text: { type: "mrkdwn", text: "<https://x.example|unit> is red", verbatim: true },
    };
    expect(Object.fromEntries(new URLSearchParams(bodies[0]))).toEqual({
      channel: "#deploys",
      text: "<https://x.example|unit> is red",
      blocks: JSON.stringify([block]),
      metadata: '{"event_type":"holdpoint","event_payload":{"key":"1:opened:abc"}}',
      parse: "none",
      link_names: "false",
      unfurl_links: "false",
      unfurl_media: "false",
    });
    expect(sandbox.messages()).toEqual([
      {
        channel: "C0DEPLOYS",
        ts: "1772442000.000001",
        threadTs: null,
        text: "<https://x.example|unit> is red",
        blocks: [block],
        edited: false,
        metadata: { event_type: "holdpoint", event_payload: { key: "1:opened:abc" } },
        botId: "B0HOLDPOINT",
      },
    ]);
  });

  test("to a person opens the direct messages, once for all messages", async () => {
    const { slack, sandbox } = await startSlack();
    const to = { kind: "user", id: "U012AB3CD" } as const;
    const first = await slack.sendMessage(message({ to }));
    await slack.sendMessage(message({ to, key: "1:reminder" }));
    expect(first).toEqual({ state: "done", place: { channel: "D012AB3CD", ts: "1772442000.000001" } });
    expect(sandbox.calls()).toEqual(["conversations.open", "chat.postMessage", "chat.postMessage"]);
  });

  test("of a reply goes to the thread's channel, whatever the policy says by now", async () => {
    const { slack, sandbox } = await startSlack();
    const first = await slack.sendMessage(message());
    const thread = first.state === "done" ? first.place : null;
    await slack.sendMessage(
      message({ key: "1:expired", thread, to: { kind: "channel", channel: "#elsewhere" } }),
    );
    expect(sandbox.messages().map(({ channel, threadTs }) => [channel, threadTs])).toEqual([
      ["C0DEPLOYS", null],
      ["C0DEPLOYS", "1772442000.000001"],
    ]);
  });

  test("of a reply whose first message was taken away is said in the channel", async () => {
    const { slack, sandbox } = await startSlack();
    const first = await slack.sendMessage(message());
    sandbox.remove("1772442000.000001");
    const thread = first.state === "done" ? first.place : null;
    expect(await slack.sendMessage(message({ key: "1:expired", thread }))).toMatchObject({ state: "done" });
    expect(sandbox.messages().map(({ channel, threadTs }) => [channel, threadTs])).toEqual([
      ["C0DEPLOYS", null],
    ]);
  });
});

describe("a later try looks first", () => {
  test("REL-23: an answer that was lost is found in the channel, and nothing is said twice", async () => {
    const { slack, sandbox, another } = await startSlack();
    sandbox.lie({ error: "unanswered", method: "chat.postMessage", times: 1 });
    expect(await faultOf(slack.sendMessage(message()))).toMatchObject({
      kind: "retry-later",
      code: "slack-unexpected",
    });
    const again = await another().sendMessage(message({ mayBeThereSince: ONE_HOUR_AGO }));
    expect(again).toEqual({ state: "done", place: { channel: "C0DEPLOYS", ts: "1772442000.000001" } });
    expect(sandbox.messages().length).toBe(1);
  });

  test("the same in a thread, and in direct messages", async () => {
    const { slack, sandbox, another } = await startSlack();
    const first = await slack.sendMessage(message());
    const thread = first.state === "done" ? first.place : null;
    const reply = message({ key: "1:expired", thread });
    const direct = message({ key: "1:direct", to: { kind: "user", id: "U012AB3CD" } });
    const places = [await slack.sendMessage(reply), await slack.sendMessage(direct)];
    const since = { mayBeThereSince: ONE_HOUR_AGO };
    expect([
      await another().sendMessage({ ...reply, ...since }),
      await another().sendMessage({ ...direct, ...since }),
    ]).toEqual(places);
    expect(sandbox.messages().length).toBe(3);
  });

  test("what is not there is posted", async () => {
    const { slack, sandbox } = await startSlack();
    await slack.sendMessage(message({ key: "1:another" }));
    expect(await slack.sendMessage(message({ mayBeThereSince: ONE_HOUR_AGO }))).toMatchObject({
      state: "done",
      place: { ts: "1772442000.000002" },
    });
    expect(sandbox.messages().length).toBe(2);
  });

  test("it is found behind hundreds of others, and no further back than it can be", async () => {
    const { slack, sandbox, pass } = await startSlack();
    await slack.sendMessage(message());
    pass(10_000);
    for (let other = 0; other < 250; other += 1) {
      sandbox.intrude({
        channel: "C0DEPLOYS",
        text: "hello",
        metadata: { event_type: "x", event_payload: {} },
      });
    }
    const before = sandbox.calls().length;
    await slack.sendMessage(message({ mayBeThereSince: START }));
    const read = ["auth.test", "conversations.history", "conversations.history", "conversations.history"];
    expect(sandbox.calls().slice(before)).toEqual(read);
    await slack.sendMessage(message({ mayBeThereSince: new Date(START.getTime() + 5_000) }));
    expect(sandbox.messages().filter(({ text }) => text === "unit is red").length).toBe(2);
  });

  test("REL-58: another bot's message with the same mark is not taken for ours", async () => {
    const { slack, sandbox } = await startSlack();
    const metadata = { event_type: "holdpoint", event_payload: { key: "1:opened:abc" } };
    sandbox.intrude({ channel: "C0DEPLOYS", text: "all is well", metadata });
    await slack.sendMessage(message({ mayBeThereSince: ONE_HOUR_AGO }));
    expect(sandbox.messages().map(({ text }) => text)).toEqual(["all is well", "unit is red"]);
  });

  test("where the bot may not read, it is said once more rather than never, and the log says why", async () => {
    const { slack, sandbox, warnings } = await startSlack();
    sandbox.lie({ error: "missing_scope", method: "conversations.history", times: 1 });
    expect(await slack.sendMessage(message({ mayBeThereSince: ONE_HOUR_AGO }))).toMatchObject({
      state: "done",
    });
    expect(warnings).toEqual([
      [
        "it cannot be seen whether a message is in Slack already",
        {
          code: "missing_scope",
          detail:
            "Slack answered missing_scope: the bot lacks a scope: add those of docs/slack.md under OAuth & Permissions, and install the App again",
        },
      ],
    ]);
  });

  test("a channel of no such name is looked for once, and then refused where it is posted to", async () => {
    const { slack, sandbox } = await startSlack();
    const to = { kind: "channel", channel: "#nowhere" } as const;
    expect(await slack.sendMessage(message({ to, mayBeThereSince: ONE_HOUR_AGO }))).toMatchObject({
      state: "refused",
    });
    expect(sandbox.calls()).toEqual(["conversations.list", "chat.postMessage"]);
  });
});

describe("one message a second to a channel", () => {
  test("short waits are waited for, long ones are given back with their turn, and each comes back once", async () => {
    const { slack, sandbox, sleeps, now, pass } = await startSlack({ gapMilliseconds: 1_000 });
    const turns: (Date | null)[] = [];
    for (let count = 0; count < 3; count += 1) {
      await slack.sendMessage(message({ key: `first ${count}` }));
    }
    expect(sleeps).toEqual([1_000, 1_000]);
    // All at the same moment.
    const burst = Array.from({ length: 10 }, (_, count) => message({ key: `burst ${count}` }));
    const at = now().getTime();
    for (const one of burst) {
      const sent = slack.sendMessage(one);
      const { retryAt } = await faultOf(sent).catch(() => ({ retryAt: null }));
      turns.push(retryAt);
      if (retryAt === null) pass(-1 * (now().getTime() - at));
    }
    const late = turns.flatMap((turn) => (turn === null ? [] : [turn.getTime()]));
    expect(late.length).toBe(8);
    expect(late.map((turn) => turn - at)).toEqual([3, 4, 5, 6, 7, 8, 9, 10].map((second) => second * 1_000));
    for (const [index, one] of burst.slice(2).entries()) {
      pass((late[index] ?? 0) - now().getTime());
      await slack.sendMessage(one);
    }
    expect(sandbox.messages().length).toBe(13);
    expect(sandbox.calls().length).toBe(13);
  });

  test("another channel does not wait", async () => {
    const { slack, sleeps } = await startSlack({ gapMilliseconds: 1_000 });
    await slack.sendMessage(message());
    await slack.sendMessage(message({ key: "2", to: { kind: "user", id: "U012AB3CD" } }));
    expect(sleeps).toEqual([]);
  });
});
