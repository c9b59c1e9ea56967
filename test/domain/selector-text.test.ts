import { expect, test } from "vitest";
import type { CheckSelector, NameMatcher } from "../../src/domain/policy.ts";
import { selectorText } from "../../src/domain/selector-text.ts";

function name(pattern: string): NameMatcher {
  return { pattern, matches: () => true };
}

test.each<readonly [text: string, selector: CheckSelector]>([
  ['["workflow","ci.yml","unit *"]', { kind: "workflow", workflow: "ci.yml", job: name("unit *") }],
  ['["workflow","ci.yml",null]', { kind: "workflow", workflow: "ci.yml", job: null }],
  ['["check","build","some-ci"]', { kind: "check", check: name("build"), app: "some-ci" }],
  ['["check","build",null]', { kind: "check", check: name("build"), app: null }],
  ['["status","ci/long"]', { kind: "status", status: name("ci/long") }],
])("%s", (text, selector) => {
  expect(selectorText(selector)).toBe(text);
});
