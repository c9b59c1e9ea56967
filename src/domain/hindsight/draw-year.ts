import { createChance } from "./chance.ts";
import type { CiModel } from "./ci-model.ts";
import { drawLane } from "./draw-lane.ts";
import type { Reverted } from "./find-reverts.ts";
import type { Lane, LaneIdentity } from "./lane.ts";
import type { World } from "./world.ts";
import { itemAt } from "./item-at.ts";

export interface YearQuestion {
  readonly world: World;
  readonly model: CiModel;
  readonly checks: readonly LaneIdentity[];
  /** Those that count as breakages: `revertsThatCount`. */
  readonly reverted: readonly Reverted[];
}

/** Reverts that came soon enough to be the repair of something that a check could have shown. */
export function revertsThatCount(
  { commits }: World,
  { revertWithin }: Pick<CiModel, "revertWithin">,
  reverted: readonly Reverted[],
): readonly Reverted[] {
  return reverted.filter(({ broke, mended }) => {
    const from = itemAt(commits, broke).committedAt.getTime();
    const to = itemAt(commits, mended).committedAt.getTime();
    return to > from && to - from <= revertWithin;
  });
}

/** The results of all checks for one seed. Which check a commit broke that was taken back is drawn; that it broke one is not. */
export function drawYear({ world, model, checks, reverted }: YearQuestion, seed: number): readonly Lane[] {
  const general = createChance(seed, 0);
  const broken = reverted.map(({ broke, mended }) => {
    const { sha } = itemAt(world.commits, broke);
    const to = itemAt(world.commits, mended).committedAt.getTime();
    return { check: Math.floor(general("reverted", sha) * checks.length), place: broke, to };
  });
  return checks.map((identity, index) =>
    drawLane({
      identity,
      world,
      model,
      chance: createChance(seed, index + 1),
      reverted: broken.filter(({ check }) => check === index),
    }),
  );
}
