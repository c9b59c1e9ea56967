import { expect, test } from "vitest";
import { parseDuration } from "../../src/domain/duration.ts";

test.each([
  ["90s", 90_000],
  ["30m", 1_800_000],
  ["72h", 259_200_000],
  ["14d", 1_209_600_000],
  ["0h", 0],
  ["-1h", null],
  ["01h", null],
  ["3 days", null],
  ["1e9s", null],
  ["1h30m", null],
  ["999999999d", null],
  ["9999999999d", null],
  ["７２h", null],
  ["", null],
])("the duration %j is %j milliseconds", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(["s", "m", "h", "d"])(
  "the longest duration of each unit is a safe number of milliseconds: %s",
  (unit) => {
    expect(Number.isSafeInteger(parseDuration(`99999999${unit}`))).toBe(true);
  },
);
