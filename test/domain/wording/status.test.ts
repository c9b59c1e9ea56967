import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Decision } from "../../../src/domain/decision.ts";
import type { Finding } from "../../../src/domain/finding.ts";
import { statusText } from "../../../src/domain/wording/status.ts";
import {
  ticketsLackField,
  commitsWithoutTicket,
  ticketsInStatus,
} from "../../../src/domain/wording/rules.ts";
import { hostileText } from "../escape/hostile-text.ts";
import { key, sha } from "../build-snapshot.ts";

const OPEN: Decision = { state: "open", wouldBe: "open", because: "verdict" };
const HELD: Decision = { state: "held", wouldBe: "held", because: "verdict" };
const UNKNOWN: Decision = { state: "unknown", wouldBe: "unknown", because: "verdict" };

function finding(outcome: Finding["outcome"], message: string, changes: Partial<Finding> = {}): Finding {
  return {
    rule: "ticket-fields",
    outcome,
    warning: false,
    code: "x",
    message,
    publicMessage: message,
    commits: [],
    tickets: [],
    ...changes,
  };
}
const keys = (count: number) => Array.from({ length: count }, (_, index) => key(`PLAY-${index + 1}`));
function lacking(count: number, field = "Risk assessment"): Finding {
  const tickets = keys(count);
  return finding("fail", ticketsLackField(field, tickets), { tickets });
}
function unticketed(...names: readonly string[]): Finding {
  const commits = names.map(sha);
  return finding("fail", commitsWithoutTicket(commits), { commits });
}
function say(decision: Decision, findings: readonly Finding[], isPrivate = true): string {
  return statusText({ decision, findings, private: isPrivate, contents: "production: 5 commits, 3 tickets" });
}

test.each<[string, Decision, readonly Finding[], string]>([
  ["open", OPEN, [finding("pass", "fine")], "production: 5 commits, 3 tickets"],
  [
    "open, with something to know",
    OPEN,
    [finding("pass", "1 ticket moved in Jira: PLAY-1 is now SHOP-9", { warning: true })],
    "production: 5 commits, 3 tickets; to know: 1 ticket moved in Jira: PLAY-1 is now SHOP-9",
  ],
  [
    "held",
    HELD,
    [lacking(2), unticketed("a"), finding("unknown", "Jira did not answer in time")],
    "2 tickets lack “Risk assessment”: PLAY-1, PLAY-2; 1 commit without ticket: e40c292",
  ],
  [
    "unknown",
    UNKNOWN,
    [finding("unknown", "Jira did not answer in time; not checked: PLAY-1")],
    "could not verify: Jira did not answer in time; not checked: PLAY-1",
  ],
  [
    "unknown for one reason under several rules",
    UNKNOWN,
    [finding("unknown", "GitHub did not answer"), finding("unknown", "GitHub did not answer")],
    "could not verify: GitHub did not answer",
  ],
  [
    "observing, would be held",
    { state: "open", wouldBe: "held", because: "observe" },
    [lacking(1)],
    "observing only, would be held: 1 ticket lacks “Risk assessment”: PLAY-1",
  ],
  [
    "observing, could not verify",
    { state: "open", wouldBe: "unknown", because: "observe" },
    [finding("unknown", "GitHub did not answer")],
    "observing only, could not verify: GitHub did not answer",
  ],
  [
    "let through",
    { state: "open", wouldBe: "open", because: "on-unknown" },
    [finding("unknown", "Jira did not answer in time")],
    "not verified, let through by on_unknown: allow: Jira did not answer in time",
  ],
])("%s", (_, decision, findings, text) => {
  expect(say(decision, findings)).toBe(text);
});

test("a public repository's status says no more than its readers may know", () => {
  const tickets = keys(1);
  const status = finding("fail", ticketsInStatus("Legal review", tickets), {
    publicMessage: "1 ticket not in a status that may go out: PLAY-1",
    tickets,
  });
  expect(say(HELD, [status], false)).toBe("1 ticket not in a status that may go out: PLAY-1");
});

describe("REL-47: a status is never longer than GitHub takes", () => {
  test("lists are given up from the last one before any complaint is", () => {
    expect(say(HELD, [lacking(2), unticketed("a", "b", "c"), lacking(9, "Post-deploy checks")])).toBe(
      "2 tickets lack “Risk assessment”: PLAY-1, PLAY-2; 3 commits without ticket: e40c292, e70c2de, e60c2c5; 9 tickets lack “Post-deploy checks”",
    );
    expect(say(HELD, [lacking(2), unticketed("a", "b", "c", "d"), lacking(9, "Post-deploy checks")])).toBe(
      "2 tickets lack “Risk assessment”: PLAY-1, PLAY-2; 4 commits without ticket; 9 tickets lack “Post-deploy checks”",
    );
  });

  test("what still does not fit is cut at its end", () => {
    const text = say(HELD, [lacking(1, "x".repeat(200))]);
    expect(text).toBe(`1 ticket lacks “${"x".repeat(123)}…`);
    expect(text).toHaveLength(140);
  });

  test("whatever is in it: at most 140 characters, all visible", () => {
    const outcome = fc.constantFrom<Finding["outcome"]>("fail", "unknown");
    const findings = fc.array(
      fc.tuple(outcome, hostileText).map(([one, text]) => finding(one, text)),
      {
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(findings, fc.constantFrom(HELD, UNKNOWN, OPEN), (given, decision) => {
        const text = say(decision, given);
        expect(Array.from(text).length).toBeLessThanOrEqual(140);
        expect(text).not.toMatch(/[\n\r\t\0]|\p{Cc}|\p{Cf}|\p{Cs}/u);
      }),
      { numRuns: 500 },
    );
  });
});
