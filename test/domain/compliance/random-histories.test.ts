import * as fc from "fast-check";
import { expect, test } from "vitest";
import { buildTrunk, type GivenRun, MINUTE, after, startHistory } from "./case-history.ts";
import { historySteps, playHistory } from "./random-histories.ts";

/** `npm run fuzz -- --target compliance-histories` tries 100,000. */
test("I1, I3, I6, I7, I8: in 1,000 random histories of two checks with re-runs there is nothing wrong, in whatever order it is told", () => {
  fc.assert(
    fc.property(historySteps, (steps) => {
      expect(playHistory(steps)).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test("J8: green and red again within one of GitHub's seconds is red, and the same case", () => {
  const at = after(MINUTE);
  const runs: readonly GivenRun[] = [
    { on: 1, said: "failure", at, attempt: 1 },
    { on: 1, said: "success", at, attempt: 2 },
    { on: 1, said: "failure", at, attempt: 3 },
  ];
  const history = startHistory();
  const happened = [1, 2, 3].map((count) => history.look({ at, trunk: buildTrunk(runs.slice(0, count), 1) }));
  expect(happened).toEqual([["1 opened"], ["1 resolved green"], ["1 relapsed"]]);
  // A read that does not show the green yet proves nothing new.
  const lagging = startHistory();
  for (const count of [1, 2]) lagging.look({ at, trunk: buildTrunk(runs.slice(0, count), 1) });
  expect(lagging.look({ at, trunk: buildTrunk(runs.slice(0, 1), 1) })).toEqual([]);
  expect(lagging.lagging()).toBe(true);
});
