import type { Chance } from "./chance.ts";
import type { CiModel } from "./ci-model.ts";
import { type Lane, type LaneIdentity, type LaneRun, type Trouble, buildLane } from "./lane.ts";
import { drawRepair } from "./repair-time.ts";
import { type World, countLanded } from "./world.ts";
import { itemAt } from "./item-at.ts";

export interface DrawnLane {
  readonly identity: LaneIdentity;
  readonly world: World;
  readonly model: CiModel;
  readonly chance: Chance;
  /** Breakages of this check that the history itself proves. */
  readonly reverted: readonly Pick<Trouble, "place" | "to">[];
}

/**
 * One check's year as the model says: every commit is tested for as long as a run takes; a broken check is red from the commit that broke it
 * up to the commit that mends it, which is the first one of the real trunk that landed after the repair; a flaky red is tried again by
 * somebody, after as long as a repair takes, and is green then.
 */
export function drawLane({ identity, world, model, chance, reverted }: DrawnLane): Lane {
  const troubles = [
    ...reverted.map(({ place, to }): Trouble => ({ place, to, from: landed(world, place), by: "revert" })),
    ...drawTroubles(world, model, chance),
  ].toSorted((one, other) => one.place - other.place);
  const isBroken = brokenPlaces(world, troubles);
  const runs: LaneRun[] = [];
  for (const [place, { sha, committedAt }] of world.commits.entries()) {
    const startedAt = committedAt.getTime();
    const at = startedAt + model.run;
    const run = { place, attempt: 1, startedAt, at, seenAt: at };
    if (isBroken[place] === true) {
      runs.push({ ...run, said: "failure", cause: "broken" });
    } else if (chance("flakes", sha) < model.flakes) {
      const again = at + drawRepair(model, chance, ["retry", "retryToo"], sha);
      const ended = again + model.run;
      runs.push(
        { ...run, said: "failure", cause: "flaky" },
        { place, attempt: 2, startedAt: again, at: ended, seenAt: ended, said: "success", cause: null },
      );
    } else {
      runs.push({ ...run, said: "success", cause: null });
    }
  }
  return buildLane(identity, world.commits.length, runs, troubles);
}

/** What is broken already does not break once more. */
function drawTroubles(world: World, model: CiModel, chance: Chance): readonly Trouble[] {
  const troubles: Trouble[] = [];
  let mendedAt = -Infinity;
  for (const [place, { sha, committedAt }] of world.commits.entries()) {
    const from = committedAt.getTime();
    if (from < mendedAt || chance("breaks", sha) >= model.breakage) continue;
    const repaired = from + drawRepair(model, chance, ["repair", "repairToo"], sha);
    const mending = world.commits[countLanded(world, repaired)];
    mendedAt = mending?.committedAt.getTime() ?? world.until.getTime();
    troubles.push({ place, from, to: mendedAt, by: "draw" });
  }
  return troubles;
}

/** Commits that landed in the very moment of the repair came with it. */
function brokenPlaces({ commits }: World, troubles: readonly Trouble[]): readonly boolean[] {
  const isBroken = commits.map(() => false);
  for (const { place, to } of troubles) {
    for (let at = place; at < commits.length; at += 1) {
      if (at > place && itemAt(commits, at).committedAt.getTime() >= to) break;
      isBroken[at] = true;
    }
  }
  return isBroken;
}

function landed({ commits }: World, place: number): number {
  return itemAt(commits, place).committedAt.getTime();
}
