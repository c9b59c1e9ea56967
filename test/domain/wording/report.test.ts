import { expect, test } from "vitest";
import { checkAgainAction, exemptBecause, jiraOff } from "../../../src/domain/wording/report.ts";
import { UNKNOWN_CODES } from "../../../src/domain/model.ts";
import { reasonOfUnknown } from "../../../src/domain/wording/unread.ts";

test("a button keeps to GitHub's limits", () => {
  const { label, description, identifier } = checkAgainAction();
  expect(label.length).toBeLessThanOrEqual(20);
  expect(description.length).toBeLessThanOrEqual(40);
  expect(identifier.length).toBeLessThanOrEqual(20);
});

test.each([
  ["merge", "merges without a change of their own"],
  ["author", "by exempt authors"],
  ["subject", "with an exempt subject"],
  ["reverted", "taken back again"],
  ["revert", "reverts"],
  ["require-off", "the policy asks for none"],
  ["pull-request", "their pull request has one"],
] as const)("commits that need no ticket because of %s", (because, words) => {
  expect(exemptBecause(because)).toBe(words);
});

test.each([
  ["no-settings", "Jira was not asked: there are no settings for it."],
  ["offline", "Jira was not asked: this check is offline."],
  ["fork", "Jira was not asked: the pull request comes from a fork."],
] as const)("Jira is off because of %s", (because, words) => {
  expect(jiraOff(because)).toBe(words);
});

test("every cause of an unknown fact has words of its own", () => {
  expect(new Set(UNKNOWN_CODES.map(reasonOfUnknown)).size).toBe(UNKNOWN_CODES.length);
});
