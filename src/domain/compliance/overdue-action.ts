import { checkKey } from "./check-key.ts";
import type { TrunkEvidence } from "./evidence.ts";
import type { CheckStreak } from "./streak.ts";

/**
 * When a result that asks somebody to act becomes red because nobody did: an hour after it was given. Nothing at GitHub tells
 * of that moment. null: no deferred check waits for anybody.
 */
export function overdueAction(
  { evidence, streaks }: { readonly evidence: TrunkEvidence; readonly streaks: readonly CheckStreak[] },
  at: Date,
  hour: number,
): Date | null {
  const keys = new Set(streaks.map(({ key }) => key));
  const moments = evidence.results
    .filter(({ said, name, source }) => said === "action_required" && keys.has(checkKey(name, source)))
    // Past the hour, not at it.
    .map((result) => result.at.getTime() + hour + 1)
    .filter((moment) => moment > at.getTime());
  return moments.length === 0 ? null : new Date(Math.min(...moments));
}
