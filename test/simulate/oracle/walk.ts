import type { Fact } from "../fact.ts";
import type { Sure } from "../judgement.ts";
import { type Check, checksOf, evidenceOf, keyOf } from "./evidence.ts";
import { haltsAfter, type Halt } from "./halts.ts";
import { knowNothing, type Known, learn, policyOf } from "./known.ts";
import { different, inAll, inAny } from "./moment.ts";
import { mayLift } from "./people.ts";
import { standingAfter, type Standing } from "./policies.ts";
import { RELAPSE } from "./relapse.ts";
import { look, type Mind, type Story } from "./stories.ts";

/** All that may be known of a repository by whoever looked at all or some moments up to now. */
export interface Walk {
  readonly known: Known;
  readonly checks: Map<string, { readonly check: Check; minds: readonly Mind[] }>;
  /** First red commits that a case may ever have had. */
  readonly begun: Set<string>;
  /** What open cases and halts may stand on. */
  standing: readonly Standing[];
  halts: readonly Halt[];
}

interface Walked {
  readonly walked: Walk;
  /** How many of the facts it knows. */
  count: number;
}
/** Facts only grow: who comes again goes on where the last quiet moment was, or years of them would be walked every day. */
const walks = new WeakMap<readonly Fact[], Map<string, Walked>>();

/**
 * The facts up to a moment, one by one. Between two quiet moments Holdpoint may have looked after each of them, or not; at a quiet
 * moment it has.
 */
export function walk(facts: readonly Fact[], repository: string, at: Date): Walk {
  const until = facts.filter((fact) => fact.at <= at);
  const settled = until.findLastIndex(({ kind }) => kind === "quiet") + 1;
  const known = walkedSoFar(facts, repository, settled);
  for (; known.count < settled; known.count += 1) step(known.walked, factAt(until, known.count), until);
  if (settled === until.length) return known.walked;
  const fresh = walkNothing(repository);
  for (const fact of until) step(fresh, fact, until);
  return fresh;
}

function walkedSoFar(facts: readonly Fact[], repository: string, settled: number): Walked {
  const ofRepositories = walks.get(facts) ?? new Map<string, Walked>();
  walks.set(facts, ofRepositories);
  const before = ofRepositories.get(repository);
  if (before !== undefined && before.count <= settled) return before;
  const anew = { walked: walkNothing(repository), count: 0 };
  ofRepositories.set(repository, anew);
  return anew;
}

function walkNothing(repository: string): Walk {
  return { known: knowNothing(repository), checks: new Map(), begun: new Set(), standing: [null], halts: [] };
}

function factAt(facts: readonly Fact[], index: number): Fact {
  const fact = facts[index];
  if (fact === undefined) throw new Error("there is no such fact");
  return fact;
}

function step(walked: Walk, fact: Fact, facts: readonly Fact[]): void {
  const { known, checks } = walked;
  if ("repository" in fact && fact.repository !== known.repository) return;
  learn(known, fact);
  walked.halts = haltsAfter(walked.halts, fact, facts);
  const file = policyOf(known);
  walked.standing = standingAfter(walked.standing, file, isAnythingOpen(walked));
  const accepted = accepts(fact, facts);
  if (accepted !== "no")
    walked.standing = different([file, ...(accepted === "maybe" ? walked.standing : [])]);
  for (const check of [file, ...walked.standing].flatMap((policy) => checksOf(known, policy))) {
    if (checks.has(keyOf(check))) continue;
    checks.set(keyOf(check), {
      check,
      minds: [{ story: null, watched: known.policyRead, observing: false }],
    });
  }
  if (!["branch", "job", "policy", "comment", "quiet"].includes(fact.kind)) return;
  for (const one of checks.values()) lookAt(walked, one, fact);
  walked.standing = standingAfter(walked.standing, file, isAnythingOpen(walked));
}

function lookAt(
  { known, begun, standing }: Walk,
  one: { check: Check; minds: readonly Mind[] },
  fact: Fact,
): void {
  const { check } = one;
  const sight = { known, check, evidence: evidenceOf(known, check), at: fact.at };
  // What begins while a looser policy waits may begin with either.
  const file = policyOf(known);
  const looked = one.minds.flatMap((mind) => {
    const isOpen = mind.story !== null && mind.story.ended === null;
    const policies = isOpen ? standing : different([...standing, file]);
    return policies.flatMap((policy) => look(mind, policy, sight));
  });
  const minds =
    fact.kind === "quiet" ? looked.map((mind) => settle(mind, fact.at)) : [...one.minds, ...looked];
  one.minds = [...new Map(minds.map((mind) => [wordsOf(mind), mind])).values()];
  for (const { story } of one.minds) if (story !== null) begun.add(story.firstRed);
}

function wordsOf({ story, watched, observing }: Mind): string {
  if (story === null) return `${String(watched)} ${String(observing)}`;
  const { firstRed, newestRed, clock, graceHours, againAt, ended } = story;
  const moments = [clock.from, clock.to, againAt, ended?.at].map((at) => at?.getTime() ?? "");
  return [
    watched,
    observing,
    firstRed,
    newestRed.run,
    newestRed.attempt,
    graceHours,
    ended?.as,
    ...moments,
  ].join(" ");
}

/** At a quiet moment the clock of what begins to be watched runs, and a story that nothing can go on with is as good as another. */
function settle(mind: Mind, at: Date): Mind {
  const { story } = mind;
  if (story === null) return mind;
  if (story.ended !== null && at.getTime() - story.ended.at.getTime() > RELAPSE) {
    return { ...mind, story: forgotten(story) };
  }
  return story.clock.to === null
    ? { ...mind, story: { ...story, clock: { from: story.clock.from, to: at } } }
    : mind;
}

/** Only what it has seen last, so that it is not taken for news after a force-push. */
function forgotten({ check, newestRed }: Story): Story {
  const longAgo = new Date(0);
  return {
    check,
    firstRed: "",
    newestRed,
    clock: { from: longAgo, to: longAgo },
    graceHours: 0,
    againAt: null,
    ended: { as: "green", at: longAgo, sha: null },
  };
}

function isAnythingOpen({ checks, halts }: Walk): Sure {
  const red = [...checks.values()].map(({ minds }) =>
    inAll(minds.map(({ story }) => (story !== null && story.ended === null ? "yes" : "no"))),
  );
  return inAny([...red, ...halts.map(({ sure }) => sure)]);
}

/** Somebody who may accepts the file as it is; where it was changed a moment ago, Holdpoint may not have read that yet. */
function accepts(fact: Fact, facts: readonly Fact[]): Sure {
  if (fact.kind !== "comment" || fact.command.verb !== "accept-policy") return "no";
  const may = mayLift(facts, fact);
  const before = facts.filter(
    (one) =>
      one.at <= fact.at &&
      (one.kind === "quiet" || (one.kind === "policy" && one.repository === fact.repository)),
  );
  return may === "yes" && before.at(-1)?.kind !== "quiet" ? "maybe" : may;
}
