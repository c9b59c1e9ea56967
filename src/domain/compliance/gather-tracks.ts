import type { DeferredCheckPolicy } from "../policy.ts";
import { checkKey } from "./check-key.ts";
import { DEFAULT_EVENTS, isOwnStatus, isProvingEvent } from "./counts-as-proof.ts";
import type { CheckSource, TrunkEvidence } from "./evidence.ts";
import { selectsCheck } from "./selects-check.ts";
import { startupFailures } from "./startup-failures.ts";
import {
  byAge,
  bySight,
  isProof,
  isSameResult,
  type Mark,
  markOf,
  type OpenCase,
  type Places,
  type StreakGround,
  type Track,
} from "./track.ts";

export function placesOf({ chain }: TrunkEvidence): Places {
  return new Map(chain.map(({ sha }, index) => [sha, index] as const));
}

/**
 * The deferred checks that the trunk shows, and those of open cases, each with everything it said. A concrete name is a check
 * of its own; where several entries of a policy name it, the first is its policy.
 */
export function gatherTracks(evidence: TrunkEvidence, ground: StreakGround): readonly Track[] {
  const places = placesOf(evidence);
  const found = new Map<string, Identity & { readonly marks: Mark[] }>();
  for (const given of ground.openCases) {
    found.set(given.checkKey, { ...identify(given.name, given.source, ground), openCase: given, marks: [] });
  }
  const governed = new Set(
    evidence.results.filter((one) => one.governed).map(({ name, source }) => checkKey(name, source)),
  );
  for (const result of evidence.results) {
    const place = places.get(result.sha);
    const key = checkKey(result.name, result.source);
    if (place === undefined || governed.has(key) || isOwnStatus(result)) continue;
    const track = found.get(key) ?? {
      ...identify(result.name, result.source, ground),
      openCase: null,
      marks: [],
    };
    if (track.policy === null && track.openCase === null) continue;
    if (!isProvingEvent(result.event, track.events)) continue;
    track.marks.push(markOf(result, place, ground));
    found.set(key, track);
  }
  const tracks = [...found].map(([key, track]) => ({ ...track, key }));
  return startupFailures(evidence, places, tracks, ground)
    .map((track) => ({ ...track, marks: settle(track.marks, storedReds(track.openCase, places)) }))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

type Identity = Pick<Track, "name" | "source" | "policy" | "events" | "openCase">;

function identify(name: string, source: CheckSource, ground: StreakGround): Omit<Identity, "openCase"> {
  const policy: DeferredCheckPolicy | null =
    ground.checks.find(({ match }) => selectsCheck(match, { name, source })) ?? null;
  return { name, source, policy, events: policy?.events ?? DEFAULT_EVENTS };
}

/**
 * What a case has seen stays seen as long as its commit is on the trunk: while a job runs again, GitHub shows only the new
 * attempt, and a run may be deleted.
 */
function storedReds(openCase: OpenCase | null, places: Places): readonly Mark[] {
  if (openCase === null) return [];
  return [openCase.firstRed, openCase.newestRed].flatMap((run) => {
    const place = places.get(run.sha);
    return place === undefined ? [] : [{ place, run, event: null, weight: "red" as const }];
  });
}

/** Newest first, each result once; a stored red gives way only to a verdict on the same attempt. */
function settle(seen: readonly Mark[], stored: readonly Mark[]): readonly Mark[] {
  const once = seen.toSorted(bySight).filter((mark, index, all) => !isSameResult(all[index - 1], mark));
  const kept = stored
    .filter((red) => !once.some((mark) => isProof(mark) && isSameResult(mark, red)))
    .filter((red, index, all) => !all.slice(0, index).some((other) => isSameResult(other, red)));
  // The sort is stable: what is seen of an attempt now comes before what was seen of it then.
  return [...once, ...kept].toSorted(byAge);
}
