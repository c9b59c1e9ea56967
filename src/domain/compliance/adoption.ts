import type { Policy } from "../policy.ts";
import { selectorText } from "../selector-text.ts";

/** A check of the policy that is watched, and since when. */
export interface WatchedCheck {
  readonly policyName: string;
  /** What it names, as `selectorText` says it; with another selector it is another check. */
  readonly selector: string;
  readonly since: Date;
  /** Under `mode: observe`, where nothing is held. */
  readonly observed: boolean;
  /** The newest result that the trunk showed of it; null: nothing there matches it. */
  readonly heardAt: Date | null;
}

/**
 * Which checks are watched from now on. A check that was not watched before, that names others now, or that was only observed and
 * is enforced now, is watched since this moment: what is red then is adopted.
 */
export function watchChecks(
  policy: Pick<Policy, "mode" | "deferred">,
  before: readonly WatchedCheck[],
  at: Date,
): readonly WatchedCheck[] {
  const observed = policy.mode === "observe";
  return policy.deferred.checks.map(({ name, match }) => {
    const selector = selectorText(match);
    const known = before.find((one) => one.policyName === name && one.selector === selector);
    const isNew = known === undefined || (known.observed && !observed);
    const since = isNew ? at : known.since;
    return { policyName: name, selector, since, observed, heardAt: known?.heardAt ?? null };
  });
}

/** The checks that are enforced from this very moment after having been observed: their open cases get their full grace anew. */
export function newlyEnforced(
  before: readonly WatchedCheck[],
  now: readonly WatchedCheck[],
): ReadonlySet<string> {
  const wereObserved = before.flatMap(({ policyName, observed }) => (observed ? [policyName] : []));
  const enforced = new Set(now.flatMap(({ policyName, observed }) => (observed ? [] : [policyName])));
  return new Set(wereObserved.filter((name) => enforced.has(name)));
}
