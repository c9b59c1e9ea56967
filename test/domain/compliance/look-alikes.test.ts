import { describe, expect, test } from "vitest";
import type { TrunkEvidence } from "../../../src/domain/compliance/evidence.ts";
import { claimsToProve, tellApart } from "../../../src/domain/compliance/look-alikes.ts";
import { readStreaks } from "../../../src/domain/compliance/read-streaks.ts";
import type { StreakGround } from "../../../src/domain/compliance/track.ts";
import { app, ground, job, only, openCase, redRun, run, trunk } from "./build-evidence.ts";

function claims(evidence: TrunkEvidence, given: StreakGround = ground()): readonly number[] {
  return claimsToProve(evidence, readStreaks(evidence, given), given).map(({ checkRun }) => checkRun);
}

describe("what has to be a real job", () => {
  const failed = job("failure", { sequence: 10 });
  const passed = job("success", { sequence: 20, runId: 2 });
  const known = ground({ openCases: [openCase(redRun("c1", failed))] });

  test("a red that would open a case", () => {
    expect(claims(trunk([["c1", [failed]]]))).toEqual([10]);
  });
  test("not one that a case knows", () => {
    expect(claims(trunk([["c1", [failed]]]), known)).toEqual([]);
  });
  test("a green that would end a case", () => {
    expect(
      claims(
        trunk([
          ["c2", [passed]],
          ["c1", [failed]],
        ]),
        known,
      ),
    ).toEqual([20]);
  });
  test("a green that hides a red", () => {
    expect(
      claims(
        trunk([
          ["c2", [passed]],
          ["c1", [failed]],
        ]),
      ),
    ).toEqual([20]);
  });
  test("not a green that changes nothing", () => {
    expect(claims(trunk([["c1", [passed]]]))).toEqual([]);
  });
  test("not another App's check run", () => {
    expect(claims(trunk([["c1", [job("failure", { source: app("some-ci", 9), name: "slow a" })]]]))).toEqual(
      [],
    );
  });
  test("not a run that never came to its jobs", () => {
    expect(claims(trunk([["c1", [], [run("startup_failure")]]]))).toEqual([]);
  });
});

describe("a check run that a step wrote", () => {
  const failed = job("failure", { sequence: 10 });
  const forged = job("success", { sequence: 20, runId: 2 });
  const seen = trunk([
    ["c2", [forged]],
    ["c1", [failed]],
  ]);

  test("turns no job green", () => {
    expect(only(seen)?.state).toBe("green");
    const apart = tellApart(seen, [{ runId: 2, checkRun: 20 }]);
    expect(only(apart)).toMatchObject({ state: "red", newestRed: redRun("c1", failed) });
  });

  test("is a check run of Actions all the same, for who asks for one", () => {
    const report = ground({ checks: [] });
    const opened = openCase(redRun("c1", failed), {
      name: "slow a",
      source: app("github-actions", 0),
      checkKey: '["app",0,"slow a"]',
    });
    const given = { ...report, openCases: [opened] };
    expect(claims(seen, given)).toEqual([20, 10]);
    const apart = tellApart(seen, [
      { runId: 2, checkRun: 20 },
      { runId: 1, checkRun: 10 },
    ]);
    expect(only(apart, given)?.state).toBe("green");
  });
});
