import { describe, expect, test } from "vitest";
import { judgeMessage } from "../../../src/domain/tickets/judge-message.ts";
import { buildTicketPolicy, sha } from "../build-snapshot.ts";

type Policy = Parameters<typeof judgeMessage>[1];

function policy(changes: Partial<Policy> = {}): Policy {
  return { ...buildTicketPolicy({ projects: ["play"] }), ...changes };
}
const PLAIN = policy();
const EXEMPT = policy({ exempt: { authors: [], subjects: ["MINOR", "build:"] } });

describe("a message may be committed", () => {
  test.each<readonly [because: string, message: string, given: Policy]>([
    ["ticket", "PLAY-1: text", PLAIN],
    ["ticket", "text\n\nFixes PLAY-1", PLAIN],
    ["ticket", "text\n\nPLAY-1: more of it", PLAIN],
    ["ticket", "ANY-1: text", policy({ projects: [] })],
    ["empty", "", PLAIN],
    ["empty", "\n \n", PLAIN],
    ["empty", "", policy({ require: "off" })],
    ["off", "text", policy({ require: "off" })],
    ["merge", "Merge branch 'main' into other", PLAIN],
    ["merge", "Merge pull request #12 from octocat/cache", PLAIN],
    ["autosquash", "fixup! text", PLAIN],
    ["autosquash", "squash! text", PLAIN],
    ["autosquash", "amend! text", PLAIN],
    ["revert", 'Revert "text"', PLAIN],
    ["revert", 'Reapply "text"', PLAIN],
    ["revert", `Take it back\n\nThis reverts commit ${sha("bad")}.`, PLAIN],
    ["revert", `Revert ${sha("bad")}`, PLAIN],
    ["exempt", "MINOR: text", EXEMPT],
    ["exempt", "build: text", EXEMPT],
  ])("%s: %j", (because, message, given) => {
    expect(judgeMessage(message, given)).toEqual({ accepted: true, because });
  });
});

describe("a message needs a ticket", () => {
  test.each<readonly [message: string, seen: readonly string[], given: Policy]>([
    ["text", [], PLAIN],
    ["text about PLAY-1", ["PLAY-1"], PLAIN],
    ["OPS-1: text", [], PLAIN],
    ["text about UTF-8 and ANY-1", ["ANY-1"], policy({ projects: [] })],
    ["UTF-8: text", [], policy({ projects: [] })],
    ["Revert the cache", [], PLAIN],
    ["Take it back\n\nReverts acme/storefront#12", [], PLAIN],
    ["text fixup! more", [], PLAIN],
    ["fixup!text", [], PLAIN],
    ["MINORITY report", [], EXEMPT],
    ["Minor: text", [], EXEMPT],
    ["a MINOR: text", [], EXEMPT],
  ])("%j", (message, seen, given) => {
    expect(judgeMessage(message, given)).toEqual({ accepted: false, seen });
  });
});
