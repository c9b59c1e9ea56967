import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RULE_NAMES } from "../../../src/domain/finding.ts";
import { RULES_AT_DEPLOY, RULES_AT_PULL_REQUEST } from "../../../src/domain/rules/registry.ts";

const document = readFileSync(new URL("../../../docs/rules.md", import.meta.url), "utf8");

test("every rule is asked at a deploy, once", () => {
  expect(RULES_AT_DEPLOY.map(({ name }) => name).toSorted()).toEqual(RULE_NAMES.toSorted());
});

test("a pull request asks a part of what the deploy asks", () => {
  const names = new Set(RULES_AT_DEPLOY.map(({ name }) => name));
  expect(RULES_AT_PULL_REQUEST.filter(({ name }) => !names.has(name))).toEqual([]);
});

test.each(RULES_AT_DEPLOY)(
  "$name has its paragraph in docs/rules.md, under its question",
  ({ name, question }) => {
    const heading = `## \`${name}\`: ${question.charAt(0).toLowerCase()}${question.slice(1)}`;
    expect(document.split("\n")).toContain(heading);
  },
);

test("whoever answers for what goes out looks again after pushes and new policies", () => {
  for (const { dependsOn } of RULES_AT_DEPLOY)
    expect(dependsOn).toEqual(expect.arrayContaining(["pushes", "policy"]));
});
