import type { TrunkEvidence } from "./evidence.ts";
import { gatherTracks, placesOf } from "./gather-tracks.ts";
import type { CheckStreak } from "./streak.ts";
import { byAge, isProof, type Mark, type Places, type StreakGround, type Track } from "./track.ts";
import { isRunningAfter, runWithoutJob } from "./vanished-job.ts";

/**
 * How each deferred check stands on the trunk as it is now: those that the policy names and the trunk shows, and those of open
 * cases. The order in which results came to be known changes nothing.
 */
export function readStreaks(evidence: TrunkEvidence, ground: StreakGround): readonly CheckStreak[] {
  const places = placesOf(evidence);
  return gatherTracks(evidence, ground).map((track) => {
    const { policy, key, name, source } = track;
    return { policy, key, name, source, now: judge(track, evidence, places) };
  });
}

function judge(track: Track, evidence: TrunkEvidence, places: Places): CheckStreak["now"] {
  const proofs = track.marks.filter(isProof);
  const newest = proofs[0];
  if (newest === undefined) return { state: "silent", lastHeardAt: lastHeardAt(track.marks) };
  if (newest.weight === "green") return { state: "green", since: since(proofs, newest, track, places) };
  const without = runWithoutJob(track, evidence, places);
  if (without !== null) {
    const { sha, runId, said, at, url } = without;
    return { state: "gone", since: { sha, runId, sequence: 0, said, at, url } };
  }
  const end = proofs.findIndex(({ weight }) => weight === "green");
  const reds = end < 0 ? proofs : proofs.slice(0, end);
  const firstOfCommits = firstOfEachCommit(reds.toReversed());
  return {
    state: "red",
    firstRed: reds.reduce((_newer, older) => older, newest).run,
    newestRed: newest.run,
    reds: firstOfCommits.length,
    confirmedRed: firstOfCommits[(track.policy?.confirm ?? 1) - 1]?.run ?? null,
    lastGreen: proofs[end]?.run.sha ?? null,
    newerIsRunning: isRunningAfter(track, newest, evidence, places),
  };
}

/**
 * The first green after the newest red, where that was seen, or after what the case saw of it before its check run turned
 * green; else the newest green.
 */
function since(proofs: readonly Mark[], newest: Mark, track: Track, places: Places): Mark["run"] {
  const red = proofs.findIndex(({ weight }) => weight === "red");
  const greens = red < 0 ? proofs.filter((green) => isAfterCase(green, track, places)) : proofs.slice(0, red);
  return (greens.at(-1) ?? newest).run;
}

function isAfterCase(green: Mark, { openCase }: Track, places: Places): boolean {
  const place = openCase === null ? undefined : places.get(openCase.newestRed.sha);
  return openCase !== null && place !== undefined && byAge(green, { place, run: openCase.newestRed }) <= 0;
}

/** Oldest first: what is red twice on one commit counts once. */
function firstOfEachCommit(reds: readonly Mark[]): readonly Mark[] {
  return reds.filter(({ place }, index) => reds[index - 1]?.place !== place);
}

function lastHeardAt(marks: readonly Mark[]): Date | null {
  const times = marks.map(({ run }) => run.at.getTime());
  return times.length === 0 ? null : new Date(Math.max(...times));
}
