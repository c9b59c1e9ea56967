import { describe, expect, test } from "vitest";
import { translateJira } from "../../src/ingress/translate-jira.ts";

function changed(...keys: readonly string[]): object {
  return { kind: "events", events: keys.map((key) => ({ kind: "ticket-changed", key })) };
}
function moved(fromString: unknown): object {
  const changelog = {
    items: [
      { field: "Key", fromString },
      { field: "status", fromString: "PLAY-9" },
    ],
  };
  return { webhookEvent: "jira:issue_updated", issue: { key: "OPS-3" }, changelog };
}

describe("a Jira webhook", () => {
  test.each<readonly [claim: string, payload: unknown, expected: object]>([
    ["of a new ticket", { webhookEvent: "jira:issue_created", issue: { key: "PLAY-1" } }, changed("PLAY-1")],
    [
      "of a changed ticket",
      { webhookEvent: "jira:issue_updated", issue: { key: "PLAY-1" } },
      changed("PLAY-1"),
    ],
    [
      "of a deleted ticket",
      { webhookEvent: "jira:issue_deleted", issue: { key: "PLAY-1" } },
      changed("PLAY-1"),
    ],
    ["of a moved ticket names both keys", moved("PLAY-7"), changed("OPS-3", "PLAY-7")],
    ["of a ticket that was moved from nowhere", moved(null), changed("OPS-3")],
    ["of a move under the key it has", moved("OPS-3"), changed("OPS-3")],
    [
      "of a comment is nothing",
      { webhookEvent: "comment_created", issue: { key: "PLAY-1" } },
      { kind: "ignored", reason: "comment_created is not used" },
    ],
    [
      "of a sprint is nothing",
      { webhookEvent: "sprint_started", sprint: { id: 1 } },
      { kind: "ignored", reason: "sprint_started is not used" },
    ],
    [
      "with a key that could be anything",
      { webhookEvent: "jira:issue_updated", issue: { key: 'X" OR project = S' } },
      { kind: "ignored", reason: "its ticket has no key that a commit could name" },
    ],
    [
      "without an event",
      { issue: { key: "PLAY-1" } },
      { kind: "invalid", reason: "the payload does not have the shape of a Jira webhook: webhookEvent" },
    ],
    [
      "of a change without a ticket",
      { webhookEvent: "jira:issue_updated" },
      { kind: "invalid", reason: "the payload does not have the shape of a Jira webhook: issue" },
    ],
  ])("%s", (_claim, payload, expected) => {
    expect(translateJira(payload)).toEqual(expected);
  });
});
