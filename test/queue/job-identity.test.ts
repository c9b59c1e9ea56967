import { expect, test } from "vitest";
import { groupOf } from "../../src/queue/job-identity.ts";

test.each([
  ["a status is its repository's", "status:7:abc:holdpoint/gate", "repository:7"],
  [
    "all messages are Slack's, so that a Slack that hangs never has the last place",
    "slack:7:opened",
    "slack",
  ],
])("%s", (_, target, group) => {
  expect(groupOf({ kind: "effect", data: { target } })).toBe(group);
});
