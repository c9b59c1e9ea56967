import { expect, test } from "vitest";
import { channelMessage, reasonInSlack } from "../../../src/domain/authority/hold-message.ts";
import { buildPolicy, buildRepository } from "../build-snapshot.ts";

const POLICY = buildPolicy({ notify: { slack: { channel: "C012345", people: new Map() } } });

test("the channel is told where it happened", () => {
  const repository = buildRepository({ name: "a&b" });
  expect(channelMessage(repository, POLICY, "halt:4", "it is over")).toEqual([
    {
      kind: "slack",
      repositoryId: repository.id,
      key: "halt:4",
      thread: null,
      to: { kind: "channel", channel: "C012345" },
      text: "acme/a&amp;b: it is over",
    },
  ]);
});

test("without a channel nothing is said", () => {
  expect(channelMessage(buildRepository(), buildPolicy(), "halt:4", "it is over")).toEqual([]);
});

test("no message is longer than Slack takes", () => {
  const [message] = channelMessage(buildRepository(), POLICY, "halt:4", "x".repeat(4_000));
  expect(message).toMatchObject({ text: `acme/storefront: ${"x".repeat(2_982)}…` });
});

test.each([
  [null, null],
  ["the till <is> down", "the till &lt;is&gt; down"],
  ["x".repeat(501), `${"x".repeat(499)}…`],
])("a reason of strangers harms nobody: %j", (because, shown) => {
  expect(reasonInSlack(because)).toBe(shown);
});
