import { expect, test } from "vitest";
import { weighResult, type Weight } from "../../../src/domain/compliance/weigh-result.ts";
import { HOUR, minutesAgo, NOW } from "./build-evidence.ts";

test.each<readonly [said: string, minutes: number, Weight]>([
  ["failure", 0, "red"],
  ["timed_out", 0, "red"],
  ["startup_failure", 0, "red"],
  ["error", 0, "red"],
  ["success", 0, "green"],
  ["success", 10_000, "green"],
  ["action_required", 59, "running"],
  ["action_required", 60, "running"],
  ["action_required", 61, "red"],
  ["running", 10_000, "running"],
  ["pending", 0, "running"],
  ["expected", 0, "running"],
  ["skipped", 0, "nothing"],
  ["cancelled", 0, "nothing"],
  ["neutral", 0, "nothing"],
  ["stale", 0, "nothing"],
  ["a word that GitHub says next year", 0, "nothing"],
  ["", 0, "nothing"],
])("%s, %i minutes ago, is %s", (said, minutes, weight) => {
  expect(weighResult({ said, at: minutesAgo(minutes) }, { at: NOW, hour: HOUR })).toBe(weight);
});

test("an hour of deadlines may be shorter than one of the clock", () => {
  const given = { said: "action_required", at: new Date(NOW.getTime() - 1_001) };
  expect(weighResult(given, { at: NOW, hour: 1_000 })).toBe("red");
});
