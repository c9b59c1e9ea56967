import { describe, expect, test } from "vitest";
import type { GateReplyReason } from "../../../src/domain/gate/gate-reply.ts";
import { gateTold } from "../../../src/domain/wording/gate-reply.ts";

function told(changes: Partial<GateReplyReason>): string {
  const reason = {
    kind: "halt",
    code: "halt",
    message: "halted",
    since: null,
    until: null,
    who: "",
    url: null,
  };
  const reply = {
    repository: "acme/storefront",
    environment: "production",
    sha: "0".repeat(40),
    decision: "held",
    would_be: "held",
    reasons: [{ ...reason, ...changes }],
  } as const;
  return gateTold(reply).split("\n")[1] ?? "";
}

describe("a reason says its times once, and what they are of", () => {
  const since = "2026-03-05T10:00:00.000Z";
  const until = "2026-03-05T14:00:00.000Z";
  test.each<readonly [string, Partial<GateReplyReason>, string]>([
    [
      "a check holds since its deadline, not since it is red",
      { kind: "case", code: "expired", message: "integration red since 2026-03-02 10:00 UTC", since },
      "- expired: integration red since 2026-03-02 10:00 UTC (holds since 2026-03-05 10:00 UTC)",
    ],
    [
      "a deadline that GitHub did not confirm",
      { kind: "unverified", code: "expiry-unverified", message: "past its deadline", since },
      "- expiry-unverified: past its deadline (holds since 2026-03-05 10:00 UTC)",
    ],
    [
      "what the commit says",
      { kind: "verdict", code: "no-ticket", message: "1 commit without ticket", since },
      "- no-ticket: 1 commit without ticket (as of 2026-03-05 10:00 UTC)",
    ],
    [
      "what the message says is not said again",
      { kind: "override", code: "override", message: "lifted until 2026-03-05 14:00 UTC", since, until },
      "- override: lifted until 2026-03-05 14:00 UTC (since 2026-03-05 10:00 UTC)",
    ],
    [
      "what is no time is shown as it came",
      { kind: "halt", code: "halt", since: "soon", until },
      "- halt: halted (since soon, until 2026-03-05 14:00 UTC)",
    ],
  ])("%s", (_, changes, said) => {
    expect(told(changes)).toBe(said);
  });
});
