import { describe, expect, test } from "vitest";
import { periodOf } from "./fast-ticks.ts";
import { slopes } from "./memory.ts";
import { pacedClock, readPace, toWall } from "./pace.ts";

describe("a faster clock", () => {
  const pace = { since: Date.UTC(2026, 0, 1), speed: 24 };

  test("an hour of the world is a day, and back", () => {
    const wall = { now: () => new Date(pace.since + 3_600_000) };
    const fast = pacedClock(pace, wall).now();
    expect(fast).toEqual(new Date(pace.since + 86_400_000));
    expect(toWall(pace, fast)).toEqual(wall.now());
  });

  test("is told to replicas by their environment, or not at all", () => {
    expect(readPace(`${String(pace.since)}:24`)).toEqual(pace);
    expect(readPace(undefined)).toBe(null);
  });

  test.for([
    ["*/5 * * * * *", 5_000],
    ["0 * * * * *", 60_000],
    ["20 */10 * * * *", 600_000],
    ["40 11 * * * *", 3_600_000],
  ] as const)("what happens at %s happens every %i ms", ([cron, period]) => {
    expect(periodOf(cron)).toBe(period);
  });
});

describe("how memory grows", () => {
  test("is what is left when a process has warmed up, in megabytes an hour", () => {
    const samples = Array.from({ length: 31 }, (_, minute) => ({
      index: 3,
      pid: 7,
      minute,
      megabytes: minute < 6 ? 50 + 10 * minute : 110 + (minute - 6) * 0.5,
    }));
    expect(slopes(samples)).toEqual([
      { index: 3, pid: 7, from: 6, to: 30, first: 110, last: 122, perHour: 30 },
    ]);
  });

  test("is not said of a process that was killed early", () => {
    expect(slopes([{ index: 0, pid: 8, minute: 1, megabytes: 90 }])).toEqual([]);
  });
});
