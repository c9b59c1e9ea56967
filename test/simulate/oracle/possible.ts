import type { Fact } from "../fact.ts";
import type { Sure } from "../judgement.ts";
import type { Seen } from "../seen.ts";
import { deadlineOf } from "./deadline.ts";
import { firstRedOf, saidOf } from "./issues.ts";
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

/** Of each check what it may be now; null: nothing. Where an issue tells which way it was looked, the others are left out. */
export function possibilities(
  walked: Walk,
  facts: readonly Fact[],
  seen: Seen,
): readonly (readonly (Possible | null)[])[] {
  return [...walked.checks.values()].map(({ check, minds }) => {
    const agreeing = minds.filter(({ story }) => agrees(story, check.job, seen));
    return (agreeing.length > 0 ? agreeing : minds).map((mind) => possible(mind, facts, seen, walked));
  });
}

/** Whether the issues show this check red where it is, and nowhere else. */
function agrees(story: Story | null, job: string, seen: Seen): boolean {
  const firstRed = story === null || story.ended !== null ? null : story.firstRed;
  const red = seen.issues.filter((issue) => saidOf(issue, job) === "red").map(firstRedOf);
  return firstRed === null ? red.length === 0 : red.length === 1 && red[0] === firstRed;
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
