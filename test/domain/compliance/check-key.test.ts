import { expect, test } from "vitest";
import { checkKey } from "../../../src/domain/compliance/check-key.ts";
import { app, CI, STATUS } from "./build-evidence.ts";

test.each([
  ["a job, by its workflow's file", "slow a", CI, '["workflow","ci.yml","slow a"]'],
  [
    "a job of a file that is named alone",
    "slow a",
    { kind: "workflow", workflow: "ci.yml" } as const,
    '["workflow","ci.yml","slow a"]',
  ],
  [
    "a job of a file elsewhere",
    "slow a",
    { kind: "workflow", workflow: "tools/ci.yml" } as const,
    '["workflow","tools/ci.yml","slow a"]',
  ],
  ["a check run, by its App's number: names of Apps change", "e2e", app("some-ci", 9), '["app",9,"e2e"]'],
  ["a check run's name keeps its letters", "E2E", app("some-ci", 9), '["app",9,"E2E"]'],
  ["a status, whatever the case of its letters", "CI/Long", STATUS, '["status","ci/long"]'],
  ["quotes cannot end a name", 'a","b', STATUS, '["status","a\\",\\"b"]'],
])("REL-14: %s is one key", (_claim, name, source, key) => {
  expect(checkKey(name, source)).toBe(key);
});
