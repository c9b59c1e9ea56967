import { describe, expect, test } from "vitest";
import { findPlaces } from "../../../src/domain/hindsight/find-places.ts";
import { identifyRecorded, identityOf, ownCheck } from "../../../src/domain/hindsight/identify-checks.ts";
import { laneOfResults } from "../../../src/domain/hindsight/lane-of-results.ts";
import type { RecordedResult } from "../../../src/domain/hindsight/read-results.ts";
import { selectsCheck } from "../../../src/domain/compliance/selects-check.ts";
import type { CheckSelector, DeferredCheckPolicy } from "../../../src/domain/policy.ts";
import { compileGlob } from "../../../src/policy/glob.ts";
import { sha } from "../build-snapshot.ts";
import { HOUR, hoursOn, steadyWorld } from "./build-world.ts";

function result(place: number, said: string, hours: number, attempt: number | null = null) {
  return {
    line: 2,
    check: "long",
    sha: sha(`commit ${place}`),
    finishedAt: hoursOn(hours),
    said,
    attempt,
    place,
  };
}

const IDENTITY = { label: "long", name: "long", source: { kind: "status" }, event: null } as const;

describe("a check's recorded year", () => {
  test("red is broken up to the green of a later commit", () => {
    const given = steadyWorld(4);
    const recorded = [
      result(0, "success", 1),
      result(1, "failure", 11),
      result(2, "cancelled", 21),
      result(3, "success", 31),
    ];
    const { runs, troubles } = laneOfResults(IDENTITY, recorded, given);
    expect(runs.map(({ place, attempt, said, cause }) => [place, attempt, said, cause])).toEqual([
      [0, 1, "success", null],
      [1, 1, "failure", "broken"],
      [2, 1, "cancelled", null],
      [3, 1, "success", null],
    ]);
    expect(troubles).toEqual([{ place: 1, from: hoursOn(11), to: hoursOn(31), by: "result" }]);
  });

  test("a further attempt on the same commit that is green makes it flaky; without numbers the later one is the further one", () => {
    const given = steadyWorld(2);
    const lanes = [
      [result(0, "success", 14), result(0, "failure", 11)],
      [result(0, "success", 14, 2), result(0, "failure", 15, 1)],
    ].map((recorded) => laneOfResults(IDENTITY, recorded, given));
    for (const { byPlace, troubles } of lanes) {
      expect(byPlace[0]?.map(({ attempt, said, cause }) => [attempt, said, cause])).toEqual([
        [1, "failure", "flaky"],
        [2, "success", null],
      ]);
      expect(troubles).toEqual([]);
    }
  });

  test("a red attempt after a green one is broken; what nobody mends stays broken", () => {
    const given = steadyWorld(2, 10, 2);
    const { troubles } = laneOfResults(
      IDENTITY,
      [result(0, "success", 3), result(0, "action_required", 5)],
      given,
    );
    expect(troubles).toEqual([{ place: 0, from: hoursOn(5), to: hoursOn(48), by: "result" }]);
  });

  test("what a merge queue tested before it landed is seen when it lands", () => {
    const { runs } = laneOfResults(IDENTITY, [result(1, "success", 8)], steadyWorld(2));
    expect(runs).toMatchObject([{ startedAt: hoursOn(8), at: hoursOn(8), seenAt: hoursOn(10) }]);
    const later = laneOfResults(
      IDENTITY,
      [result(1, "success", 12), result(1, "success", 13)],
      steadyWorld(2),
    );
    expect(later.runs.map(({ startedAt }) => startedAt)).toEqual([hoursOn(10), hoursOn(13)]);
  });
});

describe("commits of recorded results", () => {
  const given = steadyWorld(3, 10, 2);
  const trunk = [...given.commits.map((one) => one.sha), sha("older")];
  const find = (commit: string, hours = 1) => {
    const one: RecordedResult = { ...result(0, "success", hours), sha: commit };
    const { placed, outside, unknown } = findPlaces([one, one], given, trunk);
    return { places: placed.map(({ place }) => place), outside, unknown: [...unknown] };
  };

  test("are found by a beginning of their sha, or not at all; none is lost", () => {
    expect(find(sha("commit 1"))).toEqual({ places: [1, 1], outside: 0, unknown: [] });
    expect(find(sha("commit 2").slice(0, 10))).toEqual({ places: [2, 2], outside: 0, unknown: [] });
    expect(find(sha("older"))).toEqual({ places: [], outside: 2, unknown: [] });
    expect(find(sha("commit 1"), 49)).toEqual({ places: [], outside: 2, unknown: [] });
    expect(find(sha("elsewhere"))).toEqual({ places: [], outside: 0, unknown: [[sha("elsewhere"), 2]] });
    expect(find("fffffffffffff")).toEqual({ places: [], outside: 0, unknown: [["fffffffffffff", 2]] });
  });

  test("a beginning that several commits share names none", () => {
    const twins = [`${"ab".repeat(10)}1`, `${"ab".repeat(10)}2`];
    const one: RecordedResult = { ...result(0, "success", 1), sha: "abababab" };
    expect([...findPlaces([one], given, twins).unknown]).toEqual([["abababab", 1]]);
  });
});

function check(match: CheckSelector, more: Partial<DeferredCheckPolicy> = {}): DeferredCheckPolicy {
  return { ...ownCheck("Integration", { grace: HOUR, confirm: 1 }), match, ...more };
}
const JOBS: CheckSelector = { kind: "workflow", workflow: "ci.yml", job: compileGlob("integration *") };
const ALL_JOBS: CheckSelector = { kind: "workflow", workflow: "ci.yml", job: null };
const BUILDS: CheckSelector = { kind: "check", check: compileGlob("build *"), app: "some-ci" };
const ANY_CHECK: CheckSelector = { kind: "check", check: compileGlob("*"), app: null };
const STATUS: CheckSelector = { kind: "status", status: compileGlob("ci/long *") };

describe("checks of a policy", () => {
  test.each([
    ["a job", JOBS, "integration 1", "push"],
    ["all jobs of a workflow", ALL_JOBS, "Integration", "push"],
    ["a check of an App", BUILDS, "build 1", null],
    ["any check", ANY_CHECK, "Integration", null],
    ["a status", STATUS, "ci/long 1", null],
  ])("%s has a run that its entry selects", (_name, match, name, event) => {
    const identity = identityOf(check(match));
    expect(identity).toMatchObject({ label: "Integration", name, event });
    expect(selectsCheck(match, identity)).toBe(true);
  });

  test("the event is one that the check counts", () => {
    expect(identityOf(check(JOBS, { events: ["schedule"] })).event).toBe("schedule");
    expect(identityOf(check(JOBS, { events: ["merge_group", "push"] })).event).toBe("push");
    expect(identityOf(check(JOBS, { events: [] })).event).toBe("push");
  });

  test.each([
    ["integration a", [JOBS], "integration a", "workflow"],
    ["ci.yml / integration a", [JOBS], "integration a", "workflow"],
    [".github/workflows/ci.yml / integration a", [JOBS], "integration a", "workflow"],
    ["ci.yml / lint", [ALL_JOBS], "lint", "workflow"],
    ["build a", [JOBS, BUILDS], "build a", "app"],
    ["ci/long a", [JOBS, STATUS], "ci/long a", "status"],
  ])(
    "the recorded check “%s” is selected by the first entry that names it",
    (written, matches, name, kind) => {
      const identity = identifyRecorded(
        written,
        matches.map((match) => check(match)),
      );
      expect(identity).toMatchObject({ label: written, name, source: { kind } });
    },
  );

  test.each([
    ["other.yml / integration a", [JOBS]],
    ["other.yml / lint", [ALL_JOBS]],
    ["lint", [ALL_JOBS]],
    ["unit", [JOBS, BUILDS, STATUS]],
    ["integration a", []],
  ])("the recorded check “%s” is not deferred", (written, matches) => {
    expect(
      identifyRecorded(
        written,
        matches.map((match) => check(match)),
      ),
    ).toBeNull();
  });
});
