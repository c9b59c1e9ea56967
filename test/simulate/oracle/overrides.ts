import type { Fact } from "../fact.ts";
import type { Seen } from "../seen.ts";
import { type Between, isPast, plusHours, type Sure } from "./moment.ts";
import { mayLift } from "./people.ts";
import { issueOf } from "./issues.ts";
import type { Story } from "./stories.ts";
import { type Known, policyOf } from "./known.ts";

const OVERRIDE_LABEL = "halt-override";
const MOST_HOURS = 72;

/**
 * Whether this case, past its deadline, is lifted now: by the label, or by a comment on its issue, of somebody who may, at a time at
 * which it was past its deadline already; until that time is over, or somebody who may takes the label off.
 */
export function isLifted(
  story: Story,
  deadline: Between,
  facts: readonly Fact[],
  seen: Seen,
  known: Known,
): Sure {
  const number = issueOf(seen, story.firstRed)?.number;
  let lifted: { readonly until: Date; readonly sure: Sure } | null = null;
  for (const fact of facts) {
    if (fact.kind !== "issue" && fact.kind !== "comment") continue;
    if (fact.repository !== seen.repository || fact.number !== number) continue;
    if (!mayLift(facts, seen.repository, fact.by, fact.at)) continue;
    if (fact.kind === "issue" && fact.label === OVERRIDE_LABEL && fact.did === "unlabelled") lifted = null;
    const hours = hoursOf(fact, story, known);
    const wasDue = isPast(deadline, fact.at);
    if (hours === null || wasDue === "no") continue;
    lifted = { until: plusHours(fact.at, Math.min(hours, MOST_HOURS)), sure: wasDue };
  }
  if (lifted === null || lifted.until <= seen.at) return "no";
  return lifted.sure;
}

type Touch = Extract<Fact, { readonly kind: "issue" | "comment" }>;

function hoursOf(fact: Touch, story: Story, known: Known): number | null {
  if (fact.kind === "issue") {
    if (fact.label !== OVERRIDE_LABEL || fact.did !== "labelled") return null;
    return policyOf({ policies: known.policies.filter(({ at }) => at <= fact.at) })?.overrideHours ?? null;
  }
  if (fact.command.verb !== "override") return null;
  const { check, hours } = fact.command;
  return check === null || check === story.check.job ? hours : null;
}
