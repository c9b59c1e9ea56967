import type { CommitSha } from "../model.ts";
import type { RedStreak } from "./beginning.ts";
import type { ComplianceCase } from "./case.ts";
import type { TrunkEvidence } from "./evidence.ts";
import { isAfter } from "./trunk-order.ts";

/**
 * The green since which new work may have made the check red again; null: there is none to look for. On the same commit nothing can have been
 * merged, and nobody is asked.
 */
export function newWorkSince(
  { now: { firstRed } }: RedStreak,
  { end }: Pick<ComplianceCase, "end">,
  chain: TrunkEvidence["chain"],
): CommitSha | null {
  const green = end?.sha ?? null;
  return green !== null && isAfter(firstRed, { sha: green, at: firstRed.at }, chain) === "yes" ? green : null;
}
