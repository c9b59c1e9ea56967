import type { CaseEnd } from "../../compliance/case.ts";
import type { CaseLook } from "../../compliance/case-look.ts";
import { counted, listed } from "../counted.ts";

/** The pages of cases. Names arrive as visible text, spans of time as `31 h 12 min`. */

/** The one word for each state, beside its sign. */
export function caseWord(look: CaseLook["state"]): string {
  switch (look) {
    case "expired":
      return "Halts deploys";
    case "unverified":
      return "Past its deadline";
    case "lifted":
      return "Lifted";
    case "running":
      return "Clock running";
    case "untold":
      return "Clock not begun";
    case "ended":
      return "Over";
  }
}
export function caseHeadline(
  look: CaseLook["state"],
  name: string,
  environments: readonly string[] | null,
): string {
  const where = environments === null ? "" : ` to ${listed(environments, 3)}`;
  switch (look) {
    case "expired":
      return `${name} halts deploys${where}`;
    case "unverified":
      return `${name} is past its deadline`;
    case "lifted":
      return `${name} is red, and lifted for a time`;
    case "running":
    case "untold":
      return `${name} is red`;
    case "ended":
      return `${name}: this case is over`;
  }
}
/** Each is followed by a moment: `in 31 h 12 min`, `3 h ago`. */
export function haltsAt(): string {
  return "Halts deploys";
}
export function haltingSince(): string {
  return "Halting deploys since";
}
export function dueSince(): string {
  return "Its deadline was";
}
export function liftedUntil(): string {
  return "The halt returns";
}
export function waitsUntil(): string {
  return "A newer run is waited for; it halts deploys";
}
export function redSince(): string {
  return "Red since";
}
export function unlessGreen(): string {
  return "unless it is green on the trunk by then.";
}
export function unverifiedWhy(): string {
  return "GitHub could not be read to confirm that it is still red: deploys are held until it can be.";
}
export function untoldWhy(): string {
  return "Nobody was told yet. The clock begins with the first warning, so that nobody is halted unwarned.";
}
export function liftedBy(by: string, because: string | null): string {
  return because === null ? `Lifted by ${by}.` : `Lifted by ${by}: ${because}`;
}
export function adopted(): string {
  return "It was red already when Holdpoint began to watch it.";
}
export function howItEnded({ as, by, because }: Pick<CaseEnd, "as" | "by" | "because">): string {
  const reason = because === null ? "." : `: ${because}`;
  switch (as) {
    case "green":
      return "It turned green on the trunk.";
    case "gone":
      return "Its workflow does not have that job any more.";
    case "by-hand":
      return `${by ?? "Somebody"} closed it by hand${reason}`;
    case "void":
      return `It is not watched any more${reason}`;
  }
}
export function clockTitle(): string {
  return "The clock";
}
export function clockBegan(): string {
  return "Began";
}
export function clockDeadline(): string {
  return "Deadline";
}
/** The bar's own words, for those who do not see it. */
export function clockPart(percent: number): string {
  return `${percent} % of the time is gone`;
}
export function graceOf(span: string): string {
  return `Grace: ${span}`;
}
export function redCommits(count: number): string {
  return `Red on ${counted(count, "commit")} in a row`;
}

export function rangeTitle(): string {
  return "Where it broke";
}
/** Followed by a commit each. */
export function rangeAfter(): string {
  return "After";
}
export function rangeUpTo(): string {
  return "up to";
}
export function rangeWithoutGreen(): string {
  return "No green run was found before it.";
}
export function rangeUnknown(): string {
  return "What came in with it is not known yet.";
}
export function withoutPullRequest(): string {
  return "without a pull request";
}
export function rangeIncomplete(): string {
  return "There is more than could be read.";
}
export function andMore(count: number): string {
  return `and ${count} more`;
}
export function byWhom(): string {
  return "by";
}
export function ownersTitle(): string {
  return "Who is told";
}
export function becauseOf(because: "author" | "code-owner" | "owner"): string {
  switch (because) {
    case "author":
      return "wrote in that range";
    case "code-owner":
      return "owns code that changed";
    case "owner":
      return "owns the check";
  }
}
export function listedAuthors(): string {
  return "Also wrote in that range, not notified:";
}
export function ownersIncomplete(): string {
  return "The code owners may be incomplete.";
}
export function nobodyTold(): string {
  return "Nobody: the policy names no owners, and nobody who can be notified wrote in that range.";
}
export function othersTitle(): string {
  return "In the same issue";
}
export function issueAtGitHub(): string {
  return "Issue";
}
export function noIssueYet(): string {
  return "Its issue is being written.";
}

export function waysTitle(): string {
  return "Three ways out";
}
export function fixTitle(): string {
  return "Fix it forward";
}
export function fixWhat(trunk: string): string {
  return `As soon as it is green on a newer commit of ${trunk}, the case ends and deploys go on by themselves.`;
}
export function revertTitle(): string {
  return "Take it back";
}
export function revertWhat(): string {
  return "Revert what brought it in; GitHub's button “Revert” stands at the end of each pull request:";
}
export function revertUnknown(): string {
  return "Where it broke is not known, so the commit has to be found first.";
}
export function revertCommits(): string {
  return "Without a pull request, by hand:";
}
export function overrideTitle(): string {
  return "Ask for an override";
}
export function overrideWhat(whom: string, isHalting: boolean): string {
  return isHalting
    ? `${capital(whom)} can lift the halt for a time. It ends by itself.`
    : `Once deploys are halted, ${whom} can lift that for a time. Until then they can move the deadline.`;
}

export function historyTitle(): string {
  return "Everything said and done";
}
export function historyEmpty(): string {
  return "Nothing was said or done yet.";
}
export function saidOnIssue(): string {
  return "On the issue";
}
export function saidInSlack(
  to: { readonly kind: "channel" | "person"; readonly name: string } | null,
): string {
  if (to === null) return "In Slack";
  return to.kind === "channel" ? `In Slack, ${to.name}` : `In Slack, to ${to.name}`;
}
export function saidState(state: "done" | "waiting" | "refused"): string {
  switch (state) {
    case "done":
      return "Said";
    case "waiting":
      return "On its way";
    case "refused":
      return "Not said";
  }
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
