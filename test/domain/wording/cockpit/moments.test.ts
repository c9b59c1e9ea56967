import { describe, expect, test } from "vitest";
import {
  clockMoment,
  exactMoment,
  lasting,
  relativeMoment,
  shortMoment,
} from "../../../../src/domain/wording/cockpit/moments.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const LENGTHS: readonly (readonly [number, string])[] = [
  [-5, "0 s"],
  [0, "0 s"],
  [8 * SECOND + 999, "8 s"],
  [59_999, "59 s"],
  [MINUTE, "1 min"],
  [HOUR - 1, "59 min"],
  [HOUR, "1 h"],
  [5 * HOUR + 12 * MINUTE, "5 h 12 min"],
  [DAY - 1, "23 h 59 min"],
  [DAY, "1 d"],
  [3 * DAY + 2 * HOUR, "3 d 2 h"],
  [10 * DAY - 1, "9 d 23 h"],
  [10 * DAY + 5 * HOUR, "10 d"],
  [400 * DAY, "400 d"],
];

describe("how long something lasts", () => {
  test.each(LENGTHS)("%i ms: %s", (milliseconds, said) => {
    expect(lasting(milliseconds)).toBe(said);
  });
});

const RELATIVE: readonly (readonly [number, string])[] = [
  [0, "just now"],
  [-999, "just now"],
  [999, "just now"],
  [-8 * SECOND, "8 s ago"],
  [5 * HOUR + 12 * MINUTE, "in 5 h 12 min"],
  [-3 * DAY, "3 d ago"],
];

describe("when something is, seen from now", () => {
  test.each(RELATIVE)("%i ms: %s", (away, said) => {
    expect(relativeMoment(new Date(NOW.getTime() + away), NOW)).toBe(said);
  });
});

describe("browsers count on in the same words", () => {
  test("for every length and every moment", async () => {
    const script: unknown = await import(new URL("../../../../assets/moments.js", import.meta.url).href);
    const browser = {
      lasting: wordsOf(script, "lasting"),
      relativeMoment: wordsOf(script, "relativeMoment"),
    };
    for (const [milliseconds] of LENGTHS) expect(browser.lasting(milliseconds)).toBe(lasting(milliseconds));
    for (const [away] of [...RELATIVE, ...LENGTHS]) {
      const at = NOW.getTime() + away;
      expect(browser.relativeMoment(at, NOW.getTime())).toBe(relativeMoment(new Date(at), NOW));
    }
  });
});

function wordsOf(script: unknown, name: string): (...given: readonly number[]) => unknown {
  const found: unknown =
    typeof script === "object" && script !== null ? new Map(Object.entries(script)).get(name) : null;
  if (typeof found !== "function") throw new Error(`the script has no ${name}`);
  return (...given): unknown => Reflect.apply(found, null, given);
}

test("the exact moment is in UTC, to the second", () => {
  expect(exactMoment(new Date("2026-11-21T06:49:12.345Z"))).toBe("2026-11-21 06:49:12 UTC");
});

describe("what the clock says", () => {
  test.each([
    ["2026-11-21T00:00:00Z", "00:00 UTC"],
    ["2026-11-21T23:59:00Z", "23:59 UTC"],
    ["2026-11-20T16:20:00Z", "yesterday 16:20 UTC"],
    ["2026-11-22T16:20:00Z", "tomorrow 16:20 UTC"],
    ["2026-11-19T09:40:00Z", "Thu 09:40 UTC"],
    ["2026-11-15T09:40:00Z", "Sun 09:40 UTC"],
    ["2026-11-14T09:40:00Z", "14 Nov 09:40 UTC"],
    ["2026-11-24T09:40:00Z", "24 Nov 09:40 UTC"],
    ["2025-10-03T09:40:00Z", "3 Oct 2025"],
  ])("%s: %s", (at, said) => {
    expect(clockMoment(new Date(at), NOW)).toBe(said);
  });
});

test.each([
  ["2026-11-21T11:59:00Z", "11:59"],
  ["2026-11-21T00:00:00Z", "00:00"],
  ["2026-11-20T23:59:59Z", "Fri"],
  ["2026-11-15T00:00:00Z", "Sun"],
  ["2026-11-14T23:59:59Z", "14 Nov"],
  ["2025-12-31T23:59:59Z", "Dec 2025"],
])("%s is %s in a list of what happened", (at, said) => {
  expect(shortMoment(new Date(at), new Date("2026-11-21T12:00:00Z"))).toBe(said);
});
