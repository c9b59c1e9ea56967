import { checkKey, workflowFile } from "./check-key.ts";
import { isProvingEvent } from "./counts-as-proof.ts";
import type { TrunkEvidence, TrunkRun } from "./evidence.ts";
import { isLaterRun, type Places, type StreakGround, type Track } from "./track.ts";

type Growing = Omit<Track, "marks"> & { readonly marks: readonly Track["marks"][number][] };

/**
 * A run that could not start has no jobs, and is red for all the deferred ones of its workflow (J8): those that its newest
 * older run had, one of the same event where there is one. Where nothing names any, the policy's own words stand for the name.
 */
export function startupFailures(
  evidence: TrunkEvidence,
  places: Places,
  tracks: readonly Growing[],
  ground: StreakGround,
): readonly Growing[] {
  const grown = new Map(tracks.map((track) => [track.key, track] as const));
  for (const run of evidence.runs) {
    const place = places.get(run.sha);
    if (run.said !== "startup_failure" || place === undefined) continue;
    for (const track of namedBefore(run, place, tracks, ground)) {
      if (!isProvingEvent(run.event, track.events)) continue;
      const { sha, runId, said, at, url, event } = run;
      const red = { sha, runId, sequence: 0, said, at, url };
      const before = grown.get(track.key) ?? track;
      grown.set(track.key, {
        ...before,
        marks: [...before.marks, { place, run: red, event, weight: "red" }],
      });
    }
  }
  return [...grown.values()];
}

function namedBefore(
  run: TrunkRun,
  place: number,
  tracks: readonly Growing[],
  ground: StreakGround,
): readonly Growing[] {
  const ofWorkflow = tracks.filter(({ source }) => isOfWorkflow(source, run.workflow));
  const older = ofWorkflow
    .flatMap(({ marks }) => marks)
    .filter((mark) => isLaterRun({ place, runId: run.runId }, mark));
  const alike = older.filter(({ event }) => event === run.event);
  const newest = (alike.length > 0 ? alike : older).reduce<(typeof older)[number] | null>(
    (best, mark) => (best === null || isLaterRun({ ...mark, runId: mark.run.runId }, best) ? mark : best),
    null,
  );
  const named = ofWorkflow.filter(
    ({ marks, openCase }) =>
      openCase !== null || (newest !== null && marks.some((mark) => isSameRun(mark, newest))),
  );
  return named.length > 0 ? named : standIns(run, ground);
}

function isSameRun(one: Track["marks"][number], other: Track["marks"][number]): boolean {
  return one.place === other.place && one.run.runId === other.run.runId;
}

function isOfWorkflow(source: Track["source"], workflow: string): boolean {
  return source.kind === "workflow" && workflowFile(source.workflow) === workflowFile(workflow);
}

/** Checks of that workflow of which nothing was ever seen: known by what the policy calls them. */
function standIns(run: TrunkRun, ground: StreakGround): readonly Growing[] {
  return ground.checks.flatMap((policy) => {
    const { match } = policy;
    if (match.kind !== "workflow" || workflowFile(match.workflow) !== workflowFile(run.workflow)) return [];
    const name = match.job?.pattern ?? workflowFile(run.workflow);
    const source = { kind: "workflow", workflow: run.workflow } as const;
    const key = checkKey(name, source);
    return [{ key, name, source, policy, events: policy.events, openCase: null, marks: [] }];
  });
}
