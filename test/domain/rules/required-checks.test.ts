import { expect, test } from "vitest";
import type { CheckSelector, NameMatcher } from "../../../src/domain/policy.ts";
import { requiredChecks } from "../../../src/domain/rules/required-checks.ts";
import type { CheckResult } from "../../../src/domain/snapshot.ts";
import { buildCheck, buildDeploySnapshot, buildPolicy, known, missing, unread } from "../build-snapshot.ts";

/** As in a policy: `*` at the end stands for anything. */
function glob(pattern: string): NameMatcher {
  const start = pattern.replace(/\*$/, "");
  return { pattern, matches: (name) => (start === pattern ? name === pattern : name.startsWith(start)) };
}
const unit: CheckSelector = { kind: "workflow", workflow: "ci.yml", job: glob("unit*") };
const anyJob: CheckSelector = { kind: "workflow", workflow: "ci.yml", job: null };
const build: CheckSelector = { kind: "check", check: glob("build*"), app: null };
const ofSomeCi: CheckSelector = { kind: "check", check: glob("build*"), app: "some-ci" };
const ofActions: CheckSelector = { kind: "check", check: glob("unit*"), app: "github-actions" };
const status: CheckSelector = { kind: "status", status: glob("ci/long*") };

function run(runId: number, state: CheckResult["state"], changes: Partial<CheckResult> = {}): CheckResult {
  const source = { kind: "workflow", workflow: "ci.yml", runId, attempt: 1 } as const;
  return buildCheck({ source, state, said: state, ...changes });
}
function attempt(one: number, workflow = ".github/workflows/ci.yml"): CheckResult["source"] {
  return { kind: "workflow", workflow, runId: 1, attempt: one };
}
const byApp = (name: string, app: string, state: CheckResult["state"]): CheckResult =>
  buildCheck({ name, source: { kind: "app", app, appId: app.length }, state, said: state });
const byStatus = (name: string, state: CheckResult["state"]): CheckResult =>
  buildCheck({ name, source: { kind: "status" }, state, said: state });

function ask(selectors: readonly CheckSelector[], checks: readonly CheckResult[]): readonly string[] {
  const policy = buildPolicy({ requiredChecks: selectors });
  return requiredChecks
    .evaluate(buildDeploySnapshot({ policy, checks: known(checks) }))
    .map(({ outcome, code }) => `${outcome} ${code}`);
}

test.each<[string, CheckSelector, readonly CheckResult[], readonly string[]]>([
  ["green", unit, [run(1, "success")], ["pass ok"]],
  ["red", unit, [run(1, "failure")], ["fail not-green"]],
  ["none at all", unit, [], ["fail no-result"]],
  ["running", unit, [run(1, "running")], ["unknown running"]],
  ["cancelled", unit, [run(1, "no-evidence", { said: "cancelled" })], ["fail not-green"]],
  ["skipped", unit, [run(1, "skipped")], ["pass ok"]],
  ["skipped because a job it needs failed", unit, [run(1, "skipped-after-failure")], ["fail not-green"]],
  ["red, then green in a newer run", unit, [run(1, "failure"), run(2, "success")], ["pass ok"]],
  [
    "green, then red in a newer run that is told first",
    unit,
    [run(2, "failure"), run(1, "success")],
    ["fail not-green"],
  ],
  [
    "red, then green in a later attempt",
    unit,
    [run(1, "success", { source: attempt(2) }), run(1, "failure", { source: attempt(1) })],
    ["pass ok"],
  ],
  ["green, now running again", unit, [run(1, "success"), run(2, "running")], ["unknown running"]],
  [
    "one of two jobs red",
    unit,
    [run(1, "success", { name: "unit 1" }), run(1, "failure", { name: "unit 2" })],
    ["fail not-green"],
  ],
  [
    "a governed job never counts",
    unit,
    [run(1, "failure", { governed: true }), run(1, "success")],
    ["pass ok"],
  ],
  ["only a governed job", unit, [run(1, "success", { governed: true })], ["fail no-result"]],
  ["any job of the workflow", anyJob, [run(1, "success", { name: "lint" })], ["pass ok"]],
  [
    "another workflow's job of that name",
    unit,
    [run(1, "success", { source: attempt(1, "other.yml") })],
    ["fail no-result"],
  ],
  [
    "a status of that name does not stand in for a job",
    unit,
    [byStatus("unit", "success")],
    ["fail no-result"],
  ],
  ["a check run by any app", build, [byApp("build x", "some-ci", "success")], ["pass ok"]],
  [
    "a check run by two apps, one red",
    build,
    [byApp("build", "some-ci", "success"), byApp("build", "other", "failure")],
    ["fail not-green"],
  ],
  ["a check run by the app", ofSomeCi, [byApp("build", "some-ci", "success")], ["pass ok"]],
  ["a check run by another app", ofSomeCi, [byApp("build", "other", "success")], ["fail no-result"]],
  ["a job is a check run of GitHub Actions", ofActions, [run(1, "success")], ["pass ok"]],
  [
    "a job is no check run of another app",
    ofSomeCi,
    [run(1, "success", { name: "build" })],
    ["fail no-result"],
  ],
  ["a status", status, [byStatus("ci/long-one", "success")], ["pass ok"]],
  [
    "a check run does not stand in for a status",
    status,
    [byApp("ci/long-one", "some-ci", "success")],
    ["fail no-result"],
  ],
  [
    "red and running",
    build,
    [byApp("build a", "ci", "failure"), byApp("build b", "ci", "running")],
    ["fail not-green", "unknown running"],
  ],
])("%s", (_, selector, checks, answer) => {
  expect(ask([selector], checks)).toEqual(answer);
});

test("a status context is one thing in any letters; the later one counts", () => {
  const any: CheckSelector = { kind: "status", status: { pattern: "ci/*", matches: () => true } };
  expect(ask([any], [byStatus("CI/long", "failure"), byStatus("ci/long", "success")])).toEqual(["pass ok"]);
});

test("each complaint names its checks", () => {
  const policy = buildPolicy({ requiredChecks: [unit, ofSomeCi, status, anyJob, build] });
  const checks = known([
    run(1, "failure", { name: "unit 1", said: "timed_out" }),
    run(1, "running", { name: "unit 2" }),
  ]);
  expect(
    requiredChecks.evaluate(buildDeploySnapshot({ policy, checks })).map(({ message }) => message),
  ).toEqual([
    "1 required check not green: “unit 1” (timed_out)",
    "3 required checks without any result: “build* of some-ci”, “ci/long*”, “build*”",
    "1 required check still running: “unit 2”",
  ]);
});

test("without any result the workflow is named with its job, or alone", () => {
  const policy = buildPolicy({ requiredChecks: [unit, anyJob] });
  expect(
    requiredChecks.evaluate(buildDeploySnapshot({ policy, checks: missing() })).map(({ message }) => message),
  ).toEqual(["2 required checks without any result: “ci.yml / unit*”, “ci.yml”"]);
});

test("checks that cannot be read are unknown", () => {
  const policy = buildPolicy({ requiredChecks: [unit] });
  const checks = unread("github-rate-limited", "HTTP 403");
  expect(requiredChecks.evaluate(buildDeploySnapshot({ policy, checks }))).toMatchObject([
    {
      outcome: "unknown",
      code: "github-rate-limited",
      message: "required checks are not known: GitHub's rate limit is used up (HTTP 403)",
      publicMessage: "required checks are not known: GitHub's rate limit is used up",
    },
  ]);
});

test("a policy without required checks asks nothing", () => {
  expect(ask([], [run(1, "failure")])).toEqual(["pass off"]);
});
