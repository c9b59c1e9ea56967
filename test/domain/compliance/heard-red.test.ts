import { describe, expect, test } from "vitest";
import { isRedWord, settleHeard } from "../../../src/domain/compliance/heard-red.ts";
import { sha } from "../build-snapshot.ts";
import { MINUTE, START, after, buildTrunk } from "./case-history.ts";

const HEARD = { sha: sha("commit 2"), heardAt: START };
const RUNNING = buildTrunk([{ on: 2, said: "running", at: START }]);
const SHOWN = buildTrunk([{ on: 2, said: "failure", at: START }]);

test.each([
  ["failure", true],
  ["timed_out", true],
  ["startup_failure", true],
  ["error", true],
  ["action_required", false],
  ["cancelled", false],
  ["success", false],
  ["pending", false],
])("%s is red: %s", (said, red) => {
  expect(isRedWord(said)).toBe(red);
});

describe("a red run that was told of", () => {
  test("and is shown is settled", () => {
    expect(settleHeard([HEARD], SHOWN, after(1_000))).toEqual({ settled: [HEARD], lookAt: null });
  });

  test.each([
    ["at once", 1_000, 11_000],
    ["after 10 s", 10_000, 20_000],
    ["after 20 s", 20_000, 40_000],
    ["after 80 s", 80_000, 160_000],
  ])("and is not shown %s is looked for again, with growing pauses", (_name, waited, next) => {
    expect(settleHeard([HEARD], RUNNING, after(waited))).toEqual({ settled: [], lookAt: after(next) });
  });

  test("and is never shown is given up after three minutes: it was tried again meanwhile", () => {
    expect(settleHeard([HEARD], RUNNING, after(3 * MINUTE))).toEqual({ settled: [HEARD], lookAt: null });
  });
});
