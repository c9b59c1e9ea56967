import { describe, expect, test } from "vitest";
import { A_MONTH_TAKES, EVENTS_A_DAY, live, liveThroughMonth } from "./live-in-tests.ts";

describe("a simulated world", () => {
  test("is the same in each life of one seed", { timeout: 60_000 }, async () => {
    const world = { seed: 7, days: 1, repositories: 1 };
    const [first, second] = [await live(world), await live(world)];
    expect(second.digest).toBe(first.digest);
    expect(second.calls).toEqual(first.calls);
  });

  test("notices at once when no issue is ever opened", { timeout: 60_000 }, async () => {
    const refuses = ({ method, url }: Request): Response | null =>
      method === "POST" && new URL(url).pathname.endsWith("/issues")
        ? Response.json({ message: "Not here", documentation_url: "", status: "403" }, { status: 403 })
        : null;
    const { differences } = await live({ seed: 2, days: 20, repositories: 1, sabotage: refuses });
    expect(differences.map(({ what }) => what)).toContain("missing issue");
  });

  test.each([1, 2])(
    "seed %i: a month of two repositories is judged right",
    { timeout: A_MONTH_TAKES },
    async (seed) => {
      const { wrong, eventsADay } = await liveThroughMonth(seed);
      expect(wrong).toEqual([]);
      expect(eventsADay).toBeGreaterThan(EVENTS_A_DAY);
    },
  );
});
