import { isRedWord } from "../compliance/heard-red.ts";
import { groupBy } from "../group-by.ts";
import { type Lane, type LaneIdentity, type LaneRun, type Trouble, buildLane } from "./lane.ts";
import type { PlacedResult } from "./find-places.ts";
import type { World } from "./world.ts";
import { itemAt } from "./item-at.ts";

/** One check's year as it was recorded. */
export function laneOfResults(identity: LaneIdentity, results: readonly PlacedResult[], world: World): Lane {
  const byPlace = groupBy(results, ({ place }) => place);
  const runs = [...byPlace].flatMap(([place, ofPlace]) => runsOf(place, ofPlace, world));
  return buildLane(identity, world.commits.length, runs, troublesOf(runs, world));
}

/** Without attempts the order in which they ended is the order in which they were tried. */
function runsOf(place: number, results: readonly PlacedResult[], { commits }: World): readonly LaneRun[] {
  const landedAt = itemAt(commits, place).committedAt.getTime();
  const ordered = results.toSorted(
    (one, other) => (one.attempt ?? 0) - (other.attempt ?? 0) || one.finishedAt - other.finishedAt,
  );
  const green = ordered.findLastIndex(({ said }) => said === "success");
  return ordered.map(({ said, finishedAt: at, attempt }, index): LaneRun => {
    const isRed = isRedWord(said) || said === "action_required";
    return {
      place,
      attempt: attempt ?? index + 1,
      said,
      startedAt: index === 0 ? Math.min(landedAt, at) : at,
      at,
      seenAt: Math.max(landedAt, at),
      // What a second try of the same commit turns green was not broken.
      cause: !isRed ? null : index < green ? "flaky" : "broken",
    };
  });
}

/** From the first result that proves it to the next commit's that disproves it. */
function troublesOf(runs: readonly LaneRun[], { until }: World): readonly Trouble[] {
  const troubles: Trouble[] = [];
  let open: { readonly place: number; readonly from: number } | null = null;
  const inOrder = runs.toSorted((one, other) => one.place - other.place || one.attempt - other.attempt);
  for (const { place, cause, said, seenAt } of inOrder) {
    if (cause === "broken") open ??= { place, from: seenAt };
    else if (said === "success" && open !== null && place > open.place) {
      troubles.push({ ...open, to: seenAt, by: "result" });
      open = null;
    }
  }
  return open === null ? troubles : [...troubles, { ...open, to: until.getTime(), by: "result" }];
}
