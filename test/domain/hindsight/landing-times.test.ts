import { array, assert, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { landingTimes } from "../../../src/domain/hindsight/landing-times.ts";

describe("when commits landed", () => {
  test.each([
    ["as written, where no time goes back", [1, 2, 2, 5], [1, 2, 2, 5], 0],
    ["with the one below, where a clock was slow", [1, 2, 0, 4, 5], [1, 2, 2, 4, 5], 1],
    ["with the one below, where a clock was fast: the others keep theirs", [1, 90, 2, 3], [1, 1, 2, 3], 1],
    ["with the first that is believed, where the first is not", [90, 2, 3], [2, 2, 3], 1],
    ["with the one below, where it claims to be in the future", [1, 2, 1_000], [1, 2, 2], 1],
    ["now, where all claim to be in the future", [1_000, 2_000], [100, 100], 2],
    ["never, where there are none", [], [], 0],
    ["the fewest possible are moved", [10, 1, 2, 3, 11, 12], [1, 1, 2, 3, 11, 12], 1],
  ])("%s", (_name, written, times, moved) => {
    expect(landingTimes(written, 100)).toEqual({ times, moved });
  });

  test("never goes back, never into the future, and leaves an order that is right as it is", () => {
    assert(
      property(array(integer({ min: 0, max: 200 }), { maxLength: 40 }), (written) => {
        const { times } = landingTimes(written, 100);
        expect(times).toEqual(times.toSorted((one, other) => one - other));
        expect(times.every((time) => time <= 100)).toBe(true);
        const right = written.filter((time) => time <= 100).toSorted((one, other) => one - other);
        expect(landingTimes(right, 100)).toEqual({ times: right, moved: 0 });
      }),
    );
  });
});
