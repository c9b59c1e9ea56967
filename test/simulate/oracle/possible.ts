import type { Fact } from "../fact.ts";
import type { Sure } from "../judgement.ts";
import type { Seen } from "../seen.ts";
import { deadlineOf } from "./deadline.ts";
import { firstRedOf, issueOf, saidOf } from "./issues.ts";
import { type Between, both, isPast, not } from "./moment.ts";
import { isLifted, type Lift, liftsOf } from "./overrides.ts";
import type { Mind, Story } from "./stories.ts";
import type { Walk } from "./walk.ts";

/** A check that is red now, under one of the ways in which Holdpoint may have looked. */
export interface Possible {
  readonly story: Story;
  /** null: nobody was warned. */
  readonly deadline: Between | null;
  readonly expired: Sure;
  readonly lifts: readonly Lift[];
  readonly lifted: Sure;
  /** It holds deploys. */
  readonly holds: Sure;
}

/** Of each check what it may be now; null: nothing. */
export function possibilities(
  walked: Walk,
  facts: readonly Fact[],
  seen: Seen,
): readonly (readonly (Possible | null)[])[] {
  return [...walked.checks.values()].map((one) => {
    // Where an issue tells which way it was looked, the others were not taken, and are not gone on with.
    const agreeing = one.minds.filter(({ story }) => agrees(story, one.check.job, seen));
    if (agreeing.length > 0) one.minds = agreeing;
    return one.minds.map((mind) => possible(mind, facts, seen, walked));
  });
}

/** Whether the issues show this check red where it is, and nowhere else; and the newest that names it is about this story. */
function agrees(story: Story | null, job: string, seen: Seen): boolean {
  const about = seen.issues.filter((issue) => saidOf(issue, job) !== null);
  const red = about.filter((issue) => saidOf(issue, job) === "red").map(firstRedOf);
  if (story === null || story.firstRed === "") return red.length === 0;
  const newest = about.at(-1);
  // What was over before its issue could be opened has none.
  const isTold = issueOf(seen, story.firstRed) !== null;
  if (story.ended !== null)
    return red.length === 0 && (!isTold || newest === undefined || firstRedOf(newest) === story.firstRed);
  return red.length === 1 && red[0] === story.firstRed;
}

function possible({ story }: Mind, facts: readonly Fact[], seen: Seen, { known }: Walk): Possible | null {
  if (story === null || story.ended !== null) return null;
  const deadline = deadlineOf(story, facts, seen);
  if (deadline === null) return { story, deadline, expired: "no", lifts: [], lifted: "no", holds: "no" };
  const expired = isPast(deadline, seen.at);
  const lifts = liftsOf(story, deadline, facts, seen, known);
  const lifted = isLifted(lifts, seen.at);
  return { story, deadline, expired, lifts, lifted, holds: both(expired, not(lifted)) };
}
