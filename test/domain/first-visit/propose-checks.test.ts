import { describe, expect, test } from "vitest";
import type { CheckSource, TrunkResult } from "../../../src/domain/compliance/evidence.ts";
import { observeChecks } from "../../../src/domain/first-visit/observe-checks.ts";
import { type ProposedCheck, proposeChecks } from "../../../src/domain/first-visit/propose-checks.ts";
import { isWritable } from "../../../src/domain/first-visit/writable.ts";
import { buildTrunk, hoursAgo, sha } from "./build-survey.ts";

const CI: CheckSource = { kind: "workflow", workflow: ".github/workflows/ci.yml" };
const MINUTE = 60_000;

type Given = Partial<TrunkResult> & { readonly name: string; readonly minutes?: number | null };

function result({ minutes = 2, ...given }: Given): TrunkResult {
  const startedAt = hoursAgo(1);
  return {
    sha: sha("c0"),
    source: CI,
    runId: 1,
    sequence: 1,
    said: "success",
    at: new Date(startedAt.getTime() + (minutes ?? 0) * MINUTE),
    ...(minutes === null ? {} : { startedAt }),
    url: null,
    event: "push",
    governed: false,
    ...given,
  };
}

/** A trunk of one commit with these results on it. */
function proposed(...given: readonly Given[]) {
  return proposeChecks(observeChecks({ ...buildTrunk([[]]), results: given.map(result) }), 1);
}
function names(checks: readonly ProposedCheck[]): readonly string[] {
  return checks.map(({ name }) => name);
}
function app(name: string): CheckSource {
  return { kind: "app", app: name, appId: 1 };
}

describe("what of the checks of the trunk a deploy should wait for", () => {
  test.each<
    readonly [
      claim: string,
      given: readonly Given[],
      required: readonly string[],
      deferred: readonly string[],
    ]
  >([
    ["a job, by its workflow", [{ name: "unit" }], ["ci.yml / unit"], []],
    ["an App's check", [{ name: "build", source: app("some-ci"), event: null }], ["build"], []],
    ["a status", [{ name: "ci/long", source: { kind: "status" }, event: null }], ["ci/long"], []],
    ["15 minutes are quick", [{ name: "unit", minutes: 15 }], ["ci.yml / unit"], []],
    ["more than that is slow", [{ name: "unit", minutes: 15.1 }], [], ["ci.yml / unit"]],
    ["what runs by a schedule alone is slow", [{ name: "unit", event: "schedule" }], [], ["ci.yml / unit"]],
    ["a matrix is one", [{ name: "unit (a)" }, { name: "unit (b)" }], ["ci.yml / unit (*)"], []],
    ["a matrix of one is itself", [{ name: "unit (a)" }], ["ci.yml / unit (a)"], []],
    ["what was never green would hold for ever", [{ name: "unit", said: "failure" }], [], []],
    ["a job that deploys proves nothing", [{ name: "ship", governed: true }], [], []],
    ["a pull request's run proves nothing", [{ name: "unit", event: "pull_request" }], [], []],
    ["our own check run", [{ name: "Holdpoint", source: app("holdpoint"), event: null }], [], []],
    ["a job that is called like it", [{ name: "Holdpoint" }], ["ci.yml / Holdpoint"], []],
    ["our own status", [{ name: "holdpoint/gate", source: { kind: "status" }, event: null }], [], []],
    ["an App that no policy can name", [{ name: "build", source: app("Some CI"), event: null }], [], []],
    ["a name that nobody could read", [{ name: "a\u202Eb" }], [], []],
    [
      "a workflow that no policy can name",
      [{ name: "unit", source: { kind: "workflow", workflow: ".github/workflows/a*b.yml" } }],
      [],
      [],
    ],
    [
      "names that differ in case alone: the first",
      [{ name: "unit" }, { name: "Unit" }],
      ["ci.yml / Unit"],
      [],
    ],
  ])("%s", (_, given, required, deferred) => {
    const checks = proposed(...given);
    expect([names(checks.required), names(checks.deferred)]).toEqual([required, deferred]);
  });

  test("a name that is too long for a policy is cut, what it matches is not", () => {
    const name = "x".repeat(150);
    const [check] = proposed({ name }).required;
    expect(check?.name).toBe(`ci.yml / ${"x".repeat(90)}…`);
    expect(check?.match).toMatchObject({ kind: "workflow", workflow: "ci.yml", job: { pattern: name } });
    const fits = "x".repeat(91);
    expect(names(proposed({ name: fits }).required)).toEqual([`ci.yml / ${fits}`]);
  });

  test("a matrix takes as long as its longest job, and matches them all", () => {
    const [check] = proposed({ name: "unit (a)", minutes: 3 }, { name: "unit (b)", minutes: 5 }).required;
    expect(check?.took).toBe(5 * MINUTE);
    if (check?.match.kind !== "workflow") throw new Error("a workflow's job was expected");
    const { job } = check.match;
    expect(
      ["unit (a)", "unit (c)", "unit (a", "unit", "x unit (a)"].map((name) => job?.matches(name)),
    ).toEqual([true, true, false, false, false]);
  });

  test("one job is matched by its name alone; how long it took may be unknown", () => {
    const status = { kind: "status" } as const;
    const [check] = proposed({ name: "ci/long", source: status, event: null, minutes: null }).required;
    expect(check?.took).toBeNull();
    if (check?.match.kind !== "status") throw new Error("a status was expected");
    expect(["ci/long", "ci/longer"].map(check.match.status.matches)).toEqual([true, false]);
  });

  test("half of the commits are most, less are not", () => {
    const on = (count: number) =>
      observeChecks({
        ...buildTrunk([[]]),
        results: Array.from({ length: count }, (_, index) => result({ name: "unit", sha: sha(`c${index}`) })),
      });
    expect(names(proposeChecks(on(2), 4).required)).toEqual(["ci.yml / unit"]);
    expect(names(proposeChecks(on(2), 5).required)).toEqual([]);
  });

  test("more than 20 are no policy to begin with", () => {
    const many = Array.from({ length: 25 }, (_, index) => ({
      name: `unit ${String.fromCodePoint(97 + index)}`,
    }));
    expect(proposed(...many).required).toHaveLength(20);
  });
});

test("how long a check takes is the middle of what it took, whatever it said at the end", () => {
  const times = [1, 9, 4].map((minutes, index) =>
    result({ name: "unit", minutes, sha: sha(`c${index}`), said: index === 1 ? "failure" : "success" }),
  );
  const cancelled = result({ name: "unit", minutes: 99, said: "cancelled" });
  const [unit] = observeChecks({ ...buildTrunk([[]]), results: [...times, cancelled] });
  expect(unit?.took).toBe(4 * MINUTE);
  const [never] = observeChecks({ ...buildTrunk([[]]), results: [cancelled] });
  expect(never).toMatchObject({ took: null, wasGreen: false });
});

test.each([
  ["unit", true],
  ["x".repeat(10), true],
  ["x".repeat(11), false],
  ["", false],
  [" unit", false],
  ["unit ", false],
  ["__proto__", false],
  ["a\nb", false],
  ["a\u200Bb", false],
  ["a\uFFFDb", false],
  ["ä ö", true],
])("%j may stand in a policy: %j", (name, may) => {
  expect(isWritable(name, 10)).toBe(may);
});
