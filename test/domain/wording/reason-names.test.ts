import { expect, test } from "vitest";
import { UNKNOWN_CODES } from "../../../src/domain/model.ts";
import { reasonName } from "../../../src/domain/wording/reason-names.ts";

const OF_RULES = [
  "no-ticket",
  "not-found",
  "parent-not-found",
  "status-not-allowed",
  "field-empty",
  "no-such-field",
  "open-pull-request",
  "commits-outside",
  "behind",
  "diverged",
  "not-green",
  "no-result",
  "running",
  "fork-not-asked",
  "not-attributed",
];
const OF_THE_GATE = [
  "expired",
  "expiry-unverified",
  "halt",
  "override",
  "rollback",
  "never-live",
  "not-on-deploy-branch",
  "not-judged",
  "stale",
  "no-policy",
  "policy-unusable",
  "environment-not-in-policy",
  "no-such-commit",
  "commit-not-found",
];

test.each([...OF_RULES, ...OF_THE_GATE, ...UNKNOWN_CODES])("%s is said in words", (code) => {
  expect(reasonName(code)).toMatch(/^[^-]+ /);
  expect(reasonName(code)).not.toContain(code.includes("-") ? code : ` ${code}:`);
});

test("a code of a newer Holdpoint is shown as it is, as one line of visible text", () => {
  expect(reasonName("moon-full")).toBe("moon-full");
  expect(reasonName("constructor")).toBe("constructor");
  expect(reasonName("a\u202Eb\nc")).not.toMatch(/[\u202E\n]/u);
});
