import type { Fact } from "../fact.ts";
import type { Expected, ExpectedGate, GateAnswer } from "../judgement.ts";
import type { Seen } from "../seen.ts";
import { wrongWith } from "./change-set.ts";
import { deadlineOf } from "./deadline.ts";
import { haltsOf } from "./halts.ts";
import { issueOf } from "./issues.ts";
import { policyOf } from "./known.ts";
import { type Between, inAll, isPast, type Sure } from "./moment.ts";
import { isLifted } from "./overrides.ts";
import type { Mind, Story } from "./stories.ts";
import { type Walk, walk } from "./walk.ts";

/** A check that may be red now, under one of the ways in which Holdpoint may have looked. */
export interface Possible {
  readonly story: Story;
  readonly deadline: Between | null;
  readonly expired: Sure;
  readonly lifted: Sure;
}

/** What should be so in that repository at that moment, from the facts alone; the first warning is what was seen of the issue. */
export function expectAt(facts: readonly Fact[], seen: Seen): Expected {
  const until = facts.filter(({ at }) => at <= seen.at);
  const walked = walk(until, seen.repository);
  const checks = [...walked.checks.values()].map(({ minds }) =>
    agreeing(minds, seen).map((mind) => possible(mind, until, seen, walked)),
  );
  return {
    repository: seen.repository,
    gate: (sha) => gateOf(sha, until, seen, walked, checks),
    cases: checks.flatMap((ways) => caseOf(ways)),
  };
}

/** Whoever looked that way has opened an issue for it: ways of which nothing is seen were not taken, unless none else is left. */
function agreeing(minds: readonly Mind[], seen: Seen): readonly Mind[] {
  const told = minds.filter(
    ({ story }) => story === null || story.ended !== null || issueOf(seen, story.firstRed) !== null,
  );
  return told.length > 0 ? told : minds;
}

function possible({ story }: Mind, facts: readonly Fact[], seen: Seen, { known }: Walk): Possible | null {
  if (story === null || story.ended !== null) return null;
  const deadline = deadlineOf(story, facts, seen);
  if (deadline === null) return { story, deadline, expired: "no", lifted: "no" };
  const expired = isPast(deadline, seen.at);
  return { story, deadline, expired, lifted: isLifted(story, deadline, facts, seen, known) };
}

/** What must be there: a case that is open whichever way it was looked. */
function caseOf(ways: readonly (Possible | null)[]): Expected["cases"] {
  const open = ways.filter((one) => one !== null);
  const [one] = open;
  if (one === undefined || open.length < ways.length) return [];
  const deadlines = open.map(({ deadline }) => deadline).filter((deadline) => deadline !== null);
  const known = deadlines.length === open.length;
  return [
    {
      check: one.story.check.job,
      firstRed: one.story.firstRed,
      deadline: known ? new Date(Math.min(...deadlines.map(({ from }) => from.getTime()))) : null,
      latest: known ? new Date(Math.max(...deadlines.map(({ to }) => to.getTime()))) : null,
      expired: inAll(open.map(({ expired }) => expired)) === "yes",
      overridden: inAll(open.map(({ lifted }) => lifted)) === "yes",
    },
  ];
}

function gateOf(
  sha: string,
  facts: readonly Fact[],
  seen: Seen,
  { known }: Walk,
  checks: readonly (readonly (Possible | null)[])[],
): ExpectedGate {
  const policy = policyOf(known);
  if (policy === null)
    return { decision: "unknown", wouldBe: "unknown", or: [], because: ["there is no policy"] };
  const wrong = wrongWith(known, policy, sha);
  const halts = haltsOf(facts, seen.repository).map(({ by, number }) => `halted by ${by} on #${number}`);
  const cases = checks.map((ways) => ({ ways, holds: inAll(ways.map(holds)) }));
  const held = cases
    .filter(({ holds }) => holds === "yes")
    .map(({ ways }) => `${nameOf(ways)} is past its deadline`);
  const maybe = cases
    .filter(({ holds }) => holds === "maybe")
    .map(({ ways }) => `${nameOf(ways)} may be past its deadline`);
  const surely = [...halts, ...held, ...wrong];
  const wouldBe: GateAnswer = surely.length > 0 ? "held" : "open";
  const or: readonly GateAnswer[] = surely.length === 0 && maybe.length > 0 ? ["held", "unknown"] : [];
  const observing = policy.mode === "observe";
  return {
    decision: observing ? "open" : wouldBe,
    wouldBe,
    or,
    because: [...surely, ...maybe],
  };
}

function holds(one: Possible | null): Sure {
  if (one === null || one.expired === "no" || one.lifted === "yes") return "no";
  return one.expired === "yes" && one.lifted === "no" ? "yes" : "maybe";
}

function nameOf(ways: readonly (Possible | null)[]): string {
  return ways.find((one) => one !== null)?.story.check.job ?? "a check";
}
