import type { CaseEnd, ComplianceCase } from "./case.ts";
import { checkKey } from "./check-key.ts";
import { endBy } from "./decide-open-case.ts";
import type { TrunkEvidence } from "./evidence.ts";
import type { CheckStreak } from "./streak.ts";
import { isAfter } from "./trunk-order.ts";

export type RedStreak = CheckStreak & {
  readonly now: Extract<CheckStreak["now"], { state: "red" }>;
};

export function isRed(streak: CheckStreak): streak is RedStreak {
  return streak.now.state === "red";
}

/** Red again within this many hours of the green, without new work since, is the same case (J9). */
const RELAPSE_HOURS = 24;
/** A green that a read does not show is waited for this long, in milliseconds; then the read is believed. */
const LAG = 10 * 60_000;

/** How a red streak relates to the case before it. */
export type Beginning =
  /** A streak of its own. */
  | { readonly is: "new" }
  /** The same case goes on, unless a pull request was merged since its green. */
  | { readonly is: "relapse"; readonly of: ComplianceCase }
  /** Ended by hand, and no run was red since. */
  | { readonly is: "settled" }
  /** The read shows less than was seen already: to be looked at again. */
  | { readonly is: "lagging" };

export interface BeginningGround {
  readonly evidence: Pick<TrunkEvidence, "chain" | "results">;
  readonly at: Date;
  /** One hour of deadlines, in milliseconds. */
  readonly hour: number;
}

/** `before`: the newest ended case of the check; null: there is none. */
export function beginningOf(
  streak: RedStreak,
  before: ComplianceCase | null,
  { evidence, at, hour }: BeginningGround,
): Beginning {
  if (before === null || before.end === null || before.end.as === "void") return { is: "new" };
  const { end } = before;
  const { firstRed, newestRed } = streak.now;
  if (end.as === "by-hand") {
    return { is: newestRed.at.getTime() > end.at.getTime() ? "new" : "settled" };
  }
  const order = isAfter(newestRed, end, evidence.chain);
  // GitHub's times are whole seconds. A read that shows the green lags behind nothing: what is red nonetheless came after it.
  const isNewer = order === "no" && shows(evidence, streak.key, end) ? "yes" : order;
  const isLater = newestRed.at.getTime() > end.at.getTime();
  const mayLag = at.getTime() - end.at.getTime() < LAG;
  if (isNewer === "no" || (isNewer === "unknown" && !isLater && mayLag)) return { is: "lagging" };
  const pause = firstRed.at.getTime() - end.at.getTime();
  return pause <= RELAPSE_HOURS * hour ? { is: "relapse", of: before } : { is: "new" };
}

function shows({ results }: BeginningGround["evidence"], key: string, end: CaseEnd): boolean {
  return results.some(
    ({ sha, name, source, said, at }) =>
      sha === end.sha &&
      said === "success" &&
      at.getTime() === end.at.getTime() &&
      checkKey(name, source) === key,
  );
}

/**
 * How an open case ended although nobody saw it: its check was green and is red again, both while nobody looked. null: it
 * did not.
 */
export function endedUnseen(
  streak: RedStreak,
  { firstRed, newestRed }: ComplianceCase,
  evidence: BeginningGround["evidence"],
): CaseEnd | null {
  const { lastGreen } = streak.now;
  if (lastGreen === null || isAfter(streak.now.firstRed, firstRed, evidence.chain) === "no") return null;
  const green = evidence.results.find(
    ({ sha, name, said, source }) =>
      sha === lastGreen && said === "success" && checkKey(name, source) === streak.key,
  );
  if (green === undefined) return null;
  const order = isAfter(green, firstRed, evidence.chain);
  const ends = order === "yes" || (order === "unknown" && green.at.getTime() > newestRed.at.getTime());
  return ends ? endBy("green", green) : null;
}
