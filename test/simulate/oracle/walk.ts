import type { Fact } from "../fact.ts";
import { type Check, checksOf, keyOf } from "./evidence.ts";
import { knowNothing, type Known, learn, policyOf } from "./known.ts";
import { look, type Mind } from "./stories.ts";

/** All that may be known of the checks of a repository, by whoever looked at all or some moments up to now. */
export interface Walk {
  readonly known: Known;
  readonly checks: Map<string, { readonly check: Check; minds: readonly Mind[] }>;
  /** First red commits that a case may ever have had, by check. */
  readonly begun: Map<string, Set<string>>;
}

/**
 * The facts from the beginning, one by one. Between two quiet moments Holdpoint may have looked after each of them, or not; at a
 * quiet moment it has.
 */
export function walk(facts: readonly Fact[], repository: string): Walk {
  const walked: Walk = { known: knowNothing(repository), checks: new Map(), begun: new Map() };
  for (const fact of facts) step(walked, fact);
  return walked;
}

function step(walked: Walk, fact: Fact): void {
  const { known, checks, begun } = walked;
  learn(known, fact);
  if (!canChangeChecks(fact)) return;
  for (const check of checksOf(known, policyOf(known))) {
    if (checks.has(keyOf(check))) continue;
    checks.set(keyOf(check), {
      check,
      minds: [{ story: null, watched: known.policyRead, observing: false }],
    });
  }
  for (const [key, one] of checks) {
    const looked = one.minds.flatMap((mind) => look(mind, one.check, known));
    const settled =
      fact.kind === "quiet" ? looked.map((mind) => settle(mind, fact.at)) : [...one.minds, ...looked];
    one.minds = different(settled);
    const seen = begun.get(key) ?? new Set();
    for (const { story } of one.minds) if (story !== null) seen.add(story.firstRed);
    begun.set(key, seen);
  }
}

/** At a quiet moment the clock of what begins to be watched runs, and a green of more than a day ago means nothing any more. */
function settle(mind: Mind, at: Date): Mind {
  const { story } = mind;
  if (story === null || story.clock.to !== null) return mind;
  return { ...mind, story: { ...story, clock: { from: story.clock.from, to: at } } };
}

function canChangeChecks(fact: Fact): boolean {
  return ["branch", "job", "policy", "quiet"].includes(fact.kind);
}

function different(minds: readonly Mind[]): readonly Mind[] {
  return [...new Map(minds.map((mind) => [JSON.stringify(mind), mind])).values()];
}
