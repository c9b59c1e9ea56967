import type { TrunkEvidence, TrunkResult } from "../compliance/evidence.ts";
import type { Lane, LaneRun } from "./lane.ts";
import { type World, countLanded } from "./world.ts";
import { itemAt } from "./item-at.ts";

/** As Holdpoint reads GitHub: as much as one page at first, then more, and no further than this. */
const FIRST_PAGE = 10;
const MOST_COMMITS = 250;

export interface Depth {
  /** The place of the oldest commit that has to be read in any case. */
  readonly downTo: number;
  readonly isEnough: (seen: TrunkEvidence) => boolean;
}

/**
 * What Holdpoint would have read of the check on the trunk at that moment: newest commit first, as far back as is wanted, and
 * of later commits and results nothing.
 */
export function evidenceAt(
  { commits, newestFirst }: World,
  lane: Lane,
  at: number,
  { downTo, isEnough }: Depth,
): TrunkEvidence {
  const landed = countLanded({ commits }, at);
  const newest = itemAt(commits, landed - 1);
  const results: TrunkResult[] = [];
  for (let seen = 0, next = Math.max(FIRST_PAGE, landed - downTo); ; next *= 2) {
    const last = Math.min(next, landed, MOST_COMMITS);
    for (; seen < last; seen += 1) results.push(...resultsOf(newestFirst, lane, landed - 1 - seen, at));
    const from = commits.length - landed;
    const chain = newestFirst.slice(from, from + seen);
    const complete = seen === landed;
    const evidence = {
      branch: "",
      head: newest.sha,
      chain,
      complete,
      results: [...results],
      runs: [],
    };
    if (complete || seen >= MOST_COMMITS || isEnough(evidence)) return evidence;
  }
}

function resultsOf(
  newestFirst: World["newestFirst"],
  lane: Lane,
  place: number,
  at: number,
): readonly TrunkResult[] {
  const commit = itemAt(newestFirst, newestFirst.length - 1 - place);
  return itemAt(lane.byPlace, place).flatMap((run) => {
    const seen = seenOf(run, at);
    if (seen === null) return [];
    const { name, source, event } = lane;
    return [
      {
        sha: commit.sha,
        name,
        source,
        // One run of the workflow for each commit; statuses have none.
        runId: source.kind === "workflow" ? place + 1 : 0,
        sequence: run.attempt,
        ...seen,
        url: null,
        event,
        governed: false,
      },
    ];
  });
}

/** null: it has not begun. */
function seenOf(run: LaneRun, at: number): Pick<TrunkResult, "said" | "at"> | null {
  if (run.seenAt <= at) return { said: run.said, at: new Date(run.at) };
  return run.startedAt <= at ? { said: "running", at: new Date(run.startedAt) } : null;
}
