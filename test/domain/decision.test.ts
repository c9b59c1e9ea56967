import { expect, test } from "vitest";
import { type Decision, decisionOf } from "../../src/domain/decision.ts";
import type { Outcome } from "../../src/domain/model.ts";
import type { Policy } from "../../src/domain/policy.ts";

type Row = [
  Outcome,
  string,
  Policy["mode"],
  Policy["onUnknown"],
  Decision["state"],
  Decision["wouldBe"],
  Decision["because"],
];

test.each<Row>([
  ["pass", "ok", "enforce", "hold", "open", "open", "verdict"],
  ["pass", "ok", "observe", "hold", "open", "open", "verdict"],
  ["fail", "no-ticket", "enforce", "hold", "held", "held", "verdict"],
  ["fail", "no-ticket", "enforce", "allow", "held", "held", "verdict"],
  ["fail", "no-ticket", "observe", "allow", "open", "held", "observe"],
  ["unknown", "jira-timeout", "enforce", "hold", "unknown", "unknown", "verdict"],
  ["unknown", "jira-timeout", "enforce", "allow", "open", "open", "on-unknown"],
  ["unknown", "jira-timeout", "observe", "hold", "open", "unknown", "observe"],
  ["unknown", "jira-timeout", "observe", "allow", "open", "open", "on-unknown"],
  // Nobody failed to answer here: a check runs, a person is waited for. Letting that through would make the rule worthless.
  ["unknown", "running", "enforce", "allow", "unknown", "unknown", "verdict"],
  ["unknown", "fork-not-asked", "enforce", "allow", "unknown", "unknown", "verdict"],
])("%s (%s), mode: %s, on_unknown: %s: %s", (outcome, code, mode, onUnknown, state, wouldBe, because) => {
  const finding = {
    rule: "ticket-found",
    outcome,
    warning: false,
    code,
    message: "",
    publicMessage: "",
    commits: [],
    tickets: [],
  } as const;
  expect(decisionOf({ outcome, findings: [finding] }, { mode, onUnknown })).toEqual({
    state,
    wouldBe,
    because,
  });
});
