import type { CommitSha } from "../model.ts";
import type { RedStreak } from "./beginning.ts";
import type { ComplianceCase } from "./case.ts";
import type { TrunkEvidence } from "./evidence.ts";
import { isAfter } from "./trunk-order.ts";

/**
 * The green since which new work may have made the check red again; null: there is none to look for. On the same commit nothing can have been
 * merged, and nobody is asked. On a busy trunk the green that ended the case may lie deeper than was read: then the newest that was read
 * stands for it, which came no sooner.
 */
export function newWorkSince(
  { now: { firstRed, lastGreen } }: RedStreak,
  { end }: Pick<ComplianceCase, "end">,
  chain: TrunkEvidence["chain"],
): CommitSha | null {
  const green = end?.sha ?? null;
  if (green === null) return null;
  switch (isAfter(firstRed, { sha: green, at: firstRed.at }, chain)) {
    case "yes":
      return green;
    case "no":
      return null;
    case "unknown":
      return lastGreen;
  }
}
