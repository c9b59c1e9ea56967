import { expect, inject } from "vitest";
import { newPrivateKey, type RunOptions, runSeed } from "./run-seed.ts";
import { copiesOf } from "./simulation-database.ts";
import { replayCommand, tellDifference } from "./tell.ts";
import type { Outcome } from "./world.ts";

const privateKey = newPrivateKey();
/** Milliseconds; a machine that does other things as well takes its time. */
export const A_MONTH_TAKES = 300_000;
const EVENTS_A_DAY = 10;

export function live(
  world: Pick<RunOptions, "seed" | "days" | "repositories" | "sabotage">,
): Promise<Outcome> {
  const { ownerUrl, template } = inject("testServer");
  return runSeed({ ...world, privateKey, server: copiesOf(ownerUrl, template) });
}

/** Thirty days of two repositories, in which enough happens and nothing is wrong. */
export async function expectRightMonth(seed: number): Promise<void> {
  const world = { seed, days: 30, repositories: 2 };
  const outcome = await live(world);
  const told = outcome.differences.map(tellDifference);
  expect(told, `again: ${replayCommand(world)}`).toEqual([]);
  expect(outcome.facts.length).toBeGreaterThan(EVENTS_A_DAY * world.days * world.repositories);
}
