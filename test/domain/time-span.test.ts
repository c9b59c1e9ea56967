import { expect, test } from "vitest";
import { scaled } from "../../src/domain/scaled-duration.ts";
import { durationText, timeSpan } from "../../src/domain/time-span.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  [0, "0 minutes"],
  [-5 * MINUTE, "0 minutes"],
  [29_000, "0 minutes"],
  [30_000, "1 minute"],
  [MINUTE, "1 minute"],
  [59 * MINUTE, "59 minutes"],
  [HOUR, "1 hour"],
  [61 * MINUTE, "1 hour 1 minute"],
  [90 * MINUTE, "1 hour 30 minutes"],
  [150 * MINUTE, "2 hours 30 minutes"],
  [72 * HOUR, "72 hours"],
])("%i ms are called %s", (length, called) => {
  expect(timeSpan(length, HOUR)).toBe(called);
});

test.each([
  [0, "1m"],
  [MINUTE, "1m"],
  [90 * MINUTE, "90m"],
  [24 * HOUR, "24h"],
])("%i ms are written %s", (length, written) => {
  expect(durationText(length, HOUR)).toBe(written);
});

test("where an hour passes in a second, it is still called an hour, and an hour asked for lasts a second", () => {
  expect(timeSpan(1_500, 1_000)).toBe("1 hour 30 minutes");
  expect(durationText(24_000, 1_000)).toBe("24h");
  expect(scaled(24 * HOUR, 1_000)).toBe(24_000);
  expect(scaled(24 * HOUR, HOUR)).toBe(24 * HOUR);
  expect(scaled(MINUTE, 1_000)).toBe(17);
});
