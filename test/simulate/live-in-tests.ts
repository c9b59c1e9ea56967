import { inject } from "vitest";
import { newPrivateKey, type RunOptions, runSeed } from "./run-seed.ts";
import { copiesOf } from "./simulation-database.ts";
import { replayCommand, tellDifference } from "./tell.ts";
import type { Outcome } from "./world.ts";

const privateKey = newPrivateKey();
/** Milliseconds; a machine that does other things as well takes its time. */
export const A_MONTH_TAKES = 300_000;
export const EVENTS_A_DAY = 10;

export function live(
  world: Pick<RunOptions, "seed" | "days" | "repositories" | "sabotage">,
): Promise<Outcome> {
  const { ownerUrl, template } = inject("testServer");
  return runSeed({ ...world, privateKey, server: copiesOf(ownerUrl, template) });
}

/** Thirty days of two repositories: what was wrong in them, and how much happened a day in each. */
export async function liveThroughMonth(
  seed: number,
): Promise<{ readonly wrong: readonly string[]; readonly eventsADay: number }> {
  const world = { seed, days: 30, repositories: 2 };
  const outcome = await live(world);
  const wrong = outcome.differences.map(tellDifference);
  return {
    wrong: wrong.length === 0 ? [] : [...wrong, `again: ${replayCommand(world)}`],
    eventsADay: outcome.facts.length / world.days / world.repositories,
  };
}
