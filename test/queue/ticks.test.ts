import { afterEach, expect, test, vi } from "vitest";
import { startTicks } from "../../src/queue/ticks.ts";
import { silentLog } from "../database/loud-log.ts";
import { signalOnce } from "./queue-fixture.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("a tick comes at its times, never twice at once, and again after a failure", async () => {
  vi.useFakeTimers({ now: new Date("2026-01-01T00:00:00.500Z") });
  const slow = signalOnce();
  const runs = { slow: 0, failing: 0 };
  const ticks = startTicks({
    log: silentLog,
    ticks: [
      {
        name: "slow",
        cron: "* * * * * *",
        run: () => {
          runs.slow += 1;
          return slow.happened;
        },
      },
      {
        name: "failing",
        cron: "*/2 * * * * *",
        run: () => {
          runs.failing += 1;
          return Promise.reject(new Error("no"));
        },
      },
    ],
  });
  await vi.advanceTimersByTimeAsync(4_000);
  expect(runs).toEqual({ slow: 1, failing: 2 });
  slow.happen();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(runs).toEqual({ slow: 3, failing: 3 });
  await ticks.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(runs).toEqual({ slow: 3, failing: 3 });
});

test("stopping waits for the tick that runs", async () => {
  vi.useFakeTimers({ now: new Date("2026-01-01T00:00:00.500Z") });
  const work = signalOnce();
  let stopped = false;
  const ticks = startTicks({
    log: silentLog,
    ticks: [{ name: "work", cron: "* * * * * *", run: () => work.happened }],
  });
  await vi.advanceTimersByTimeAsync(1_000);
  const stopping = ticks.stop().then(() => {
    stopped = true;
    return stopped;
  });
  await vi.advanceTimersByTimeAsync(100);
  expect(stopped).toBe(false);
  work.happen();
  expect(await stopping).toBe(true);
});

test("what may have been missed is looked for as soon as the ticks start, and not twice at once", async () => {
  vi.useFakeTimers({ now: new Date("2026-01-01T00:00:00.500Z") });
  const first = signalOnce();
  const runs: string[] = [];
  const ticks = startTicks({
    log: silentLog,
    ticks: [
      {
        name: "missed",
        cron: "0 * * * * *",
        atStart: true,
        run: () => {
          runs.push("missed");
          return first.happened;
        },
      },
      {
        name: "other",
        cron: "0 * * * * *",
        run: () => {
          runs.push("other");
          return Promise.resolve();
        },
      },
    ],
  });
  expect(runs).toEqual(["missed"]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(runs).toEqual(["missed", "other"]);
  first.happen();
  await ticks.stop();
});
