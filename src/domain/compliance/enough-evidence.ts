import type { TrunkEvidence } from "./evidence.ts";
import { readStreaks } from "./read-streaks.ts";
import { selectsCheck } from "./selects-check.ts";
import type { CheckStreak } from "./streak.ts";
import type { OpenCase, StreakGround } from "./track.ts";

/** J8: after that much silence a check is reported, not looked for. In hours. */
const LOOKED_FOR_HOURS = 7 * 24;
/** A check that never runs must not make every look read the whole trunk. */
const LOOKED_FOR_COMMITS = 100;

/**
 * Whether reading older commits could change nothing that matters: every red check has its last green, or a case that knows all that
 * is older; every open case has something at or after its first red; every check of the policy was seen, or is silent. Quiet
 * repositories need one page.
 */
export function isEnough(evidence: TrunkEvidence, ground: StreakGround): boolean {
  if (evidence.complete) return true;
  const streaks = readStreaks(evidence, ground);
  return (
    streaks.every((streak) => isSettled(streak, evidence, ground)) &&
    (looksFarBack(evidence, ground) || ground.checks.every(({ match }) => isSeen(match, streaks)))
  );
}

function isSettled(
  { key, now }: CheckStreak,
  evidence: TrunkEvidence,
  { openCases, at }: StreakGround,
): boolean {
  const given = openCases.find(({ checkKey }) => checkKey === key);
  if (given === undefined) return now.state !== "red" || now.lastGreen !== null;
  // Before it halts anything it is read whole: an old run that was tried again may have ended the streak that the clock began with.
  const isKnownFrom = [given.firstRed.sha, ...(isDue(given, at) ? [] : [given.newestRed.sha])];
  switch (now.state) {
    case "red":
      // Between what the case knows and what was read a green may have ended it.
      return now.lastGreen !== null || evidence.chain.some(({ sha }) => isKnownFrom.includes(sha));
    case "silent":
      return evidence.chain.some(({ sha }) => sha === given.firstRed.sha);
    case "green":
    case "gone":
      return true;
  }
}

function isDue({ deadline = null, expiredAt = null }: OpenCase, at: Date): boolean {
  return deadline !== null && expiredAt === null && at.getTime() >= deadline.getTime();
}

function isSeen(match: StreakGround["checks"][number]["match"], streaks: readonly CheckStreak[]): boolean {
  return streaks.some((streak) => selectsCheck(match, streak) && streak.now.state !== "silent");
}

function looksFarBack({ chain }: TrunkEvidence, { at, hour }: StreakGround): boolean {
  const oldest = chain.at(-1);
  return (
    chain.length >= LOOKED_FOR_COMMITS ||
    (oldest !== undefined && at.getTime() - oldest.committedAt.getTime() > LOOKED_FOR_HOURS * hour)
  );
}
