import type { Fact } from "../fact.ts";
import type { Seen } from "../seen.ts";
import { issueOf } from "./issues.ts";
import { type Between, later, plusHours } from "./moment.ts";
import { mayLift } from "./people.ts";
import type { Story } from "./stories.ts";

const DAY_HOURS = 24;
const MOST_HOURS = 72;

/**
 * The later of (its clock + grace) and (first warning + the smaller of grace and a day), and what was given by `extend` before it
 * was over. null: nobody was warned.
 */
export function deadlineOf(story: Story, facts: readonly Fact[], seen: Seen): Between | null {
  const issue = issueOf(seen, story.firstRed);
  if (issue === null) return null;
  const warned = plusHours(issue.createdAt, Math.min(story.graceHours, DAY_HOURS));
  let from = later(plusHours(story.clock.from, story.graceHours), warned);
  let to = later(plusHours(story.clock.to ?? seen.at, story.graceHours), warned);
  for (const fact of facts) {
    if (fact.kind !== "comment" || fact.repository !== seen.repository || fact.number !== issue.number)
      continue;
    // The clock that begins anew knows nothing of what was given before.
    if (fact.command.verb !== "extend" || fact.at >= to || fact.at < story.clock.from) continue;
    const may = mayLift(facts, fact);
    if (may === "no") continue;
    const hours = Math.min(fact.command.hours, MOST_HOURS);
    const surelyInTime = fact.at < from && !wasMaybeGreen(story, fact.at);
    to = plusHours(to, hours);
    if (may === "yes" && surelyInTime) from = plusHours(from, hours);
  }
  return { from, to };
}

/** Whether something that was done then may have met it between a green and a red. */
export function wasMaybeGreen({ againAt }: Story, at: Date): boolean {
  return againAt !== null && at <= againAt;
}
