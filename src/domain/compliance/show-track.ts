import { visibleText } from "../escape/visible-text.ts";
import type { ComplianceCase } from "./case.ts";
import type { TrunkCommit, TrunkEvidence } from "./evidence.ts";
import { gatherTracks, placesOf } from "./gather-tracks.ts";
import type { CaseTrack, ShownTrack, TrackCommit } from "./shown-track.ts";
import type { Mark, StreakGround, Track } from "./track.ts";

/** How many of the trunk's newest commits are shown of each check. */
const NEWEST_COMMITS = 40;
/** A matrix of jobs may have hundreds; those of open cases come first. */
const MOST_CHECKS = 60;
/** Of a long streak, where it began and where it is now. */
const MOST_OF_CASE = 60;
const BEGINNING_OF_CASE = 20;
const SUBJECT_LENGTH = 120;

/** What the deferred checks said, for people; weighed as the streaks are, so that a picture never tells another story. */
export interface ShownTracks {
  readonly newest: readonly ShownTrack[];
  /** By the first red and the key of the check: from the last green on. */
  readonly ofCase: (given: Pick<ComplianceCase, "checkKey" | "firstRed" | "lastGreen">) => CaseTrack | null;
}

export function showTracks(evidence: TrunkEvidence, ground: StreakGround): ShownTracks {
  const tracks = gatherTracks(evidence, ground);
  const byKey = new Map(tracks.map((track) => [track.key, track]));
  return {
    newest: tracks
      .toSorted((one, other) => Number(other.openCase !== null) - Number(one.openCase !== null))
      .slice(0, MOST_CHECKS)
      .map((track) => showNewest(track, evidence)),
    ofCase(given) {
      const track = byKey.get(given.checkKey);
      return track === undefined ? null : showCase(track, evidence, given);
    },
  };
}

function showNewest(track: Track, { chain }: TrunkEvidence): ShownTrack {
  const { key, name, source, policy } = track;
  const commits = commitsOf(track, chain.slice(0, NEWEST_COMMITS), 0);
  return { key, name, policyName: policy?.name ?? null, source, commits };
}

/**
 * From the last green commit, or the first red where none is known, to the head. null: the first red is not on the trunk any more, and
 * what was seen of it before is all that there is.
 */
function showCase(
  track: Track,
  evidence: TrunkEvidence,
  { firstRed, lastGreen }: Pick<ComplianceCase, "firstRed" | "lastGreen">,
): CaseTrack | null {
  const places = placesOf(evidence);
  const first = places.get(firstRed.sha);
  if (first === undefined) return null;
  const from = Math.max(first, lastGreen === null ? first : (places.get(lastGreen) ?? first));
  const count = from + 1;
  const { chain } = evidence;
  if (count <= MOST_OF_CASE) return { commits: commitsOf(track, chain.slice(0, count), 0), gap: null };
  const newest = MOST_OF_CASE - BEGINNING_OF_CASE;
  const oldest = count - BEGINNING_OF_CASE;
  return {
    commits: [
      ...commitsOf(track, chain.slice(0, newest), 0),
      ...commitsOf(track, chain.slice(oldest, count), oldest),
    ],
    gap: { after: newest, commits: oldest - newest },
  };
}

function commitsOf(
  { marks }: Track,
  commits: readonly TrunkCommit[],
  firstPlace: number,
): readonly TrackCommit[] {
  const byPlace = new Map<number, Mark>();
  // Newest first: what came first on a commit gives way to what came last, unless that says nothing.
  for (const mark of marks) {
    const known = byPlace.get(mark.place);
    if (known === undefined || (known.weight === "nothing" && mark.weight !== "nothing")) {
      byPlace.set(mark.place, mark);
    }
  }
  return commits.map((commit, index) => commitOf(commit, byPlace.get(firstPlace + index) ?? null));
}

function commitOf({ sha, subject, committedAt }: TrunkCommit, mark: Mark | null): TrackCommit {
  return {
    sha,
    subject: visibleText(subject, SUBJECT_LENGTH),
    committedAt: committedAt.toISOString(),
    result: mark === null || mark.weight === "nothing" ? "none" : mark.weight,
    said: mark?.run.said ?? null,
    at: mark?.run.at.toISOString() ?? null,
    url: mark?.run.url ?? null,
  };
}
