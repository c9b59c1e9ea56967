import { describe, expect, test } from "vitest";
import { applyChange, listChanges } from "../../../src/domain/hindsight/alternatives.ts";
import { lengthOf, longestOf, unite, without } from "../../../src/domain/hindsight/spans.ts";
import { spreadOf } from "../../../src/domain/hindsight/spread.ts";
import { daysOrHours, hours, share } from "../../../src/domain/wording/hindsight/amounts.ts";
import { HOUR, policy } from "./build-world.ts";

function spans(...pairs: readonly (readonly [number, number])[]) {
  return pairs.map(([from, to]) => ({ from, to }));
}

describe("stretches of time", () => {
  test("are united where they touch or overlap; empty ones are none", () => {
    expect(unite(spans([5, 6], [1, 3], [2, 4], [4, 5], [9, 9], [8, 7]))).toEqual(spans([1, 6]));
    expect(unite(spans([1, 9], [2, 3]))).toEqual(spans([1, 9]));
  });

  test("are taken from others", () => {
    expect(without(spans([0, 10], [20, 30]), spans([2, 3], [5, 22], [29, 40]))).toEqual(
      spans([0, 2], [3, 5], [22, 29]),
    );
    expect(without(spans([0, 10]), spans([0, 10]))).toEqual([]);
    expect(without(spans([0, 10]), spans([10, 12], [-2, 0]))).toEqual(spans([0, 10]));
    expect(without(spans([0, 10]), [])).toEqual(spans([0, 10]));
  });

  test("have a length, overlaps counted once, and a longest", () => {
    expect([lengthOf(spans([0, 5], [3, 7], [9, 10])), longestOf(spans([0, 5], [3, 7], [9, 10]))]).toEqual([
      8, 7,
    ]);
    expect([lengthOf([]), longestOf([])]).toEqual([0, 0]);
  });
});

test("several draws have a middle that did occur, a lowest and a highest", () => {
  expect(spreadOf([4, 1, 9, 2])).toEqual({ median: 2, lowest: 1, highest: 9 });
  expect(spreadOf([5, 1, 9])).toEqual({ median: 5, lowest: 1, highest: 9 });
  expect(spreadOf([])).toEqual({ median: 0, lowest: 0, highest: 0 });
});

describe("policies to compare with", () => {
  test.each([
    [72, 1, ["none", "grace", "grace", "confirm"]],
    [96, 1, ["none", "grace", "confirm"]],
    [168, 2, ["none"]],
    [200, 1, ["none", "confirm"]],
  ])("grace %i h, confirm %i", (grace, confirm, kinds) => {
    const { deferred } = policy({ grace: grace * HOUR, confirm });
    expect(listChanges(deferred).map(({ kind }) => kind)).toEqual(kinds);
  });

  test("give no check less than it has", () => {
    const { deferred } = policy({ grace: 100 * HOUR, confirm: 3 });
    expect(applyChange(deferred, { kind: "grace", grace: 96 * HOUR })).toEqual(deferred);
    expect(applyChange(deferred, { kind: "confirm", confirm: 2 })).toEqual(deferred);
    expect(applyChange(deferred, { kind: "none" })).toEqual(deferred);
    expect(applyChange(deferred, { kind: "grace", grace: 168 * HOUR }).checks[0]?.grace).toBe(168 * HOUR);
    expect(applyChange(deferred, { kind: "confirm", confirm: 4 }).checks[0]?.confirm).toBe(4);
  });
});

describe("how amounts are written", () => {
  test.each([
    [0, "0 h"],
    [20_000, "1 min"],
    [30 * 60_000, "30 min"],
    [3.54 * HOUR, "3.5 h"],
    [41.4 * HOUR, "41 h"],
    [1_629 * HOUR, "1,629 h"],
    [-0.5 * HOUR, "-0.5 h"],
  ])("%i ms is %s", (time, text) => {
    expect(hours(time)).toBe(text);
  });

  test("whole days where there are many, shares of a hundred", () => {
    expect([daysOrHours(336 * HOUR), daysOrHours(72 * HOUR), daysOrHours(193 * HOUR)]).toEqual([
      "14 days",
      "72 h",
      "193 h",
    ]);
    expect([share(0.004), share(1), share(0.98), share(0)]).toEqual(["0.4 %", "100 %", "98 %", "0 %"]);
  });
});
