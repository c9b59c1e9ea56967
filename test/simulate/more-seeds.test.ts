import { describe, expect, test } from "vitest";
import { A_MONTH_TAKES, EVENTS_A_DAY, liveThroughMonth } from "./live-in-tests.ts";

/** In a file of their own, so that they live beside the others. */
describe("a simulated world", () => {
  test.each([3, 4])(
    "seed %i: a month of two repositories is judged right",
    { timeout: A_MONTH_TAKES },
    async (seed) => {
      const { wrong, eventsADay } = await liveThroughMonth(seed);
      expect(wrong).toEqual([]);
      expect(eventsADay).toBeGreaterThan(EVENTS_A_DAY);
    },
  );
});
