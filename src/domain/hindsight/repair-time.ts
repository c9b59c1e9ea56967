import type { CommitSha } from "../model.ts";
import type { Chance, Drawn } from "./chance.ts";
import type { CiModel } from "./ci-model.ts";

/** So many standard deviations above the median lies the ninetieth of a hundred. */
const NINETIETH = 1.2815515655446004;
const MINUTE = 60_000;

/** Sooner or later somebody takes out what nobody mends: nothing stays broken longer than so many times the ninetieth. */
const LONGEST = 4;

export function longestRepair({ repairNinetieth }: Pick<CiModel, "repairNinetieth">): number {
  return LONGEST * repairNinetieth;
}

/** How long a repair takes: log-normal, as most of what people do is: many are quick, a few take very long. Whole minutes. */
export function drawRepair(
  model: Pick<CiModel, "repairMedian" | "repairNinetieth">,
  chance: Chance,
  [one, other]: readonly [Drawn, Drawn],
  sha: CommitSha,
): number {
  const { repairMedian, repairNinetieth } = model;
  // Box and Muller; 1 - x, because there is no logarithm of nothing.
  const radius = Math.sqrt(-2 * Math.log(1 - chance(one, sha)));
  const deviations = radius * Math.cos(2 * Math.PI * chance(other, sha));
  const spread = Math.log(repairNinetieth / repairMedian) / NINETIETH;
  const drawn = Math.min(repairMedian * Math.exp(spread * deviations), longestRepair(model));
  return Math.round(drawn / MINUTE) * MINUTE;
}
