import { expect, test } from "vitest";
import { selectsCheck } from "../../../src/domain/compliance/selects-check.ts";
import type { CheckSource } from "../../../src/domain/compliance/evidence.ts";
import type { CheckSelector } from "../../../src/domain/policy.ts";
import { compileGlob } from "../../../src/policy/glob.ts";
import { app, CI, jobs, STATUS } from "./build-evidence.ts";

const checks = (pattern: string, of: string | null = null): CheckSelector => ({
  kind: "check",
  check: compileGlob(pattern),
  app: of,
});
const statuses = (pattern: string): CheckSelector => ({ kind: "status", status: compileGlob(pattern) });
const elsewhere: CheckSource = { kind: "workflow", workflow: ".github/workflows/nightly.yml" };

test.each<readonly [string, CheckSelector, string, CheckSource, boolean]>([
  ["a job of the file that fits the pattern", jobs("slow *"), "slow a", CI, true],
  ["a job, the file named in full", jobs("slow *", ".github/workflows/ci.yml"), "slow a", CI, true],
  ["no job under another name", jobs("slow *"), "unit", CI, false],
  ["no job of that name in another workflow", jobs("slow *"), "slow a", elsewhere, false],
  ["no check run of that name by another App", jobs("slow *"), "slow a", app("some-ci", 9), false],
  ["no status of that name", jobs("slow *"), "slow a", STATUS, false],
  [
    "any job of the file where none is named",
    { kind: "workflow", workflow: "ci.yml", job: null },
    "x",
    CI,
    true,
  ],
  ["brackets stand for themselves", jobs("slow (a)"), "slow (a)", CI, true],
  ["a star crosses a slash", jobs("slow*"), "slow / a", CI, true],
  ["half a name is none", jobs("slow"), "slow a", CI, false],
  ["a check run of any App", checks("build *"), "build 1", app("some-ci", 9), true],
  ["a check run of the App named", checks("build *", "some-ci"), "build 1", app("some-ci", 9), true],
  ["none of another App", checks("build *", "some-ci"), "build 1", app("other-ci", 8), false],
  ["a job is a check run of Actions", checks("slow *", "github-actions"), "slow a", CI, true],
  ["a check run's selector takes jobs where no App is named", checks("slow *"), "slow a", CI, true],
  ["no status where check runs are asked for", checks("ci/long"), "ci/long", STATUS, false],
  ["a status", statuses("ci/long*"), "ci/long-1", STATUS, true],
  ["no check run where statuses are asked for", statuses("ci/long"), "ci/long", app("some-ci", 9), false],
])("selects %s", (_claim, selector, name, source, expected) => {
  expect(selectsCheck(selector, { name, source })).toBe(expected);
});
