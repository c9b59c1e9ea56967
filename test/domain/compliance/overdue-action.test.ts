import { expect, test } from "vitest";
import { overdueAction } from "../../../src/domain/compliance/overdue-action.ts";
import { readStreaks } from "../../../src/domain/compliance/read-streaks.ts";
import { HOUR, after, buildCheck, buildTrunk } from "./case-history.ts";

const ASKED = after(0);
const EVIDENCE = buildTrunk([
  { on: 1, said: "success", at: after(-HOUR) },
  { on: 2, said: "action_required", at: ASKED },
]);

function overdueAt(at: Date, job: string): Date | null {
  const match = {
    kind: "workflow",
    workflow: "long.yml",
    job: { pattern: job, matches: (name: string) => name === job },
  } as const;
  const checks = [buildCheck({ match })];
  const streaks = readStreaks(EVIDENCE, { checks, openCases: [], at, hour: HOUR });
  return overdueAction({ evidence: EVIDENCE, streaks }, at, HOUR);
}

test("a check that asks somebody to act is looked at again when the hour is over", () => {
  expect(overdueAt(after(HOUR / 2), "long")).toEqual(after(HOUR + 1));
});

test("once only: then it is red", () => {
  expect(overdueAt(after(HOUR + 1), "long")).toBeNull();
});

test("what no policy defers is not waited for", () => {
  expect(overdueAt(after(HOUR / 2), "other")).toBeNull();
});
