import type { DeferredCheckPolicy } from "../policy.ts";
import type { WatchedCheck } from "./adoption.ts";
import type { TrunkEvidence } from "./evidence.ts";
import { selectsCheck } from "./selects-check.ts";

/** J8: after that many hours without any result a check is reported as silent. */
const SILENT_HOURS = 7 * 24;

/** A check of the policy of which nothing is heard; a mistyped name keeps silent for ever. */
export interface UnheardCheck {
  readonly name: string;
  /** Its newest result; null: nothing on the trunk ever matched it. */
  readonly heardAt: Date | null;
}

/** Notes when each check was heard last: the newest result of any job, check or status that it names. */
export function listen(
  watched: readonly WatchedCheck[],
  checks: readonly DeferredCheckPolicy[],
  { results }: Pick<TrunkEvidence, "results">,
): readonly WatchedCheck[] {
  return watched.map((one) => {
    const match = checks.find(({ name }) => name === one.policyName)?.match;
    if (match === undefined) return one;
    const times = results.filter((result) => selectsCheck(match, result)).map(({ at }) => at.getTime());
    const newest = Math.max(one.heardAt?.getTime() ?? -Infinity, ...times);
    return Number.isFinite(newest) ? { ...one, heardAt: new Date(newest) } : one;
  });
}

/** `hour`: one hour of deadlines, in milliseconds. */
export function unheardChecks(
  watched: readonly WatchedCheck[],
  at: Date,
  hour: number,
): readonly UnheardCheck[] {
  return watched
    .filter(({ heardAt }) => heardAt === null || at.getTime() - heardAt.getTime() >= SILENT_HOURS * hour)
    .map(({ policyName, heardAt }) => ({ name: policyName, heardAt }));
}
