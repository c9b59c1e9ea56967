import type { Fact } from "../fact.ts";
import type { Sure } from "../judgement.ts";
import type { Seen } from "../seen.ts";
import { wasMaybeGreen } from "./deadline.ts";
import { issueOf } from "./issues.ts";
import type { Known } from "./known.ts";
import { type Between, both, inAny, isPast, not, plusHours } from "./moment.ts";
import { mayLift } from "./people.ts";
import type { Story } from "./stories.ts";

const OVERRIDE_LABEL = "halt-override";
const MOST_HOURS = 72;

export interface Lift {
  readonly by: "label" | "comment";
  readonly until: Between;
  /** Whether it is in force until then; never `no`. */
  readonly sure: Sure;
}

/**
 * What lifts this case, past its deadline, now: the label, or a comment on its issue, of somebody who may, at a time at which it was
 * past its deadline already; until that time is over, or somebody who may takes the label off.
 */
export function liftsOf(
  story: Story,
  deadline: Between,
  facts: readonly Fact[],
  seen: Seen,
  known: Known,
): readonly Lift[] {
  const number = issueOf(seen, story.firstRed)?.number;
  let lifts: readonly Lift[] = [];
  for (const fact of facts) {
    if (fact.kind !== "issue" && fact.kind !== "comment") continue;
    if (fact.repository !== seen.repository || fact.number !== number) continue;
    if (fact.kind === "issue" && fact.did === "unlabelled" && fact.label === OVERRIDE_LABEL) {
      lifts = lifts.flatMap((lift) => withoutLabel(lift, mayLift(facts, fact)));
      continue;
    }
    const hours = hoursOf(fact, story, known);
    const wasDue = wasMaybeGreen(story, fact.at)
      ? both("maybe", isPast(deadline, fact.at))
      : isPast(deadline, fact.at);
    const sure = both(wasDue, mayLift(facts, fact));
    if (hours === null || sure === "no") continue;
    const until = { from: plusHours(fact.at, hours.from), to: plusHours(fact.at, hours.to) };
    lifts = [...lifts, { by: fact.kind === "issue" ? "label" : "comment", until, sure }];
  }
  return lifts.filter(({ until }) => until.to > seen.at);
}

export function isLifted(lifts: readonly Lift[], at: Date): Sure {
  return inAny(lifts.map(({ until, sure }) => both(sure, not(isPast(until, at)))));
}

/** The label stands for what it lifted; whether it stands for what a comment lifted is not said. */
function withoutLabel(lift: Lift, may: Sure): readonly Lift[] {
  const ended = lift.by === "comment" ? both("maybe", may) : may;
  const sure = both(lift.sure, not(ended));
  return sure === "no" ? [] : [{ ...lift, sure }];
}

type Touch = Extract<Fact, { readonly kind: "issue" | "comment" }>;
interface Hours {
  readonly from: number;
  readonly to: number;
}

function hoursOf(fact: Touch, story: Story, known: Known): Hours | null {
  if (fact.kind === "comment") {
    if (fact.command.verb !== "override") return null;
    const { check, hours } = fact.command;
    const given = Math.min(hours, MOST_HOURS);
    return check === null || check === story.check.job ? { from: given, to: given } : null;
  }
  if (fact.label !== OVERRIDE_LABEL || fact.did !== "labelled") return null;
  return labelHours(known, fact.at);
}

/** What the policy says then; while a looser one waits, the shorter of what was said before. */
function labelHours({ policies }: Known, at: Date): Hours | null {
  const said = policies.flatMap(({ at: from, policy }) =>
    from <= at && typeof policy !== "string" ? [policy] : [],
  );
  const hours = said.slice(-2).map(({ overrideHours }) => Math.min(overrideHours, MOST_HOURS));
  return hours.length === 0 ? null : { from: Math.min(...hours), to: Math.max(...hours) };
}
