import type { Answer } from "../../decision.ts";
import { visibleText } from "../../escape/visible-text.ts";
import type { UnknownCode } from "../../model.ts";
import { counted, listed } from "../counted.ts";
import { reasonOfUnknown } from "../unread.ts";

/** The words of a repository's page, beside those of what the deploy contains. */
export function environmentsLabel(): string {
  return "Environments";
}

/** `Deploys to production are held`. */
export function gateHeadline(
  environment: string,
  { decision, wouldBe, unverified }: { decision: Answer; wouldBe: Answer; unverified: boolean },
): string {
  const name = visibleText(environment, 80);
  const deploys = `Deploys to ${name}`;
  if (decision === "held") return `${deploys} are held`;
  if (decision === "unknown") return `Whether ${name} may be deployed is not known`;
  if (wouldBe === "held") return `${deploys} are open, and would be held`;
  if (wouldBe === "unknown") return `${deploys} are open, unverified`;
  return unverified ? `${deploys} are open, unverified` : `${deploys} are open`;
}
export function holdsNothing(): string {
  return "Nothing holds it.";
}
/** In `mode: observe`. */
export function observesOnly(): string {
  return "The policy only observes: Holdpoint says what it would hold, and lets everything out.";
}
/** With `on_unknown: allow`. */
export function letsUnknownOut(): string {
  return "The policy lets out what could not be verified. What follows was not verified.";
}

/** What waits, before the branch's name: `42 commits wait on`. */
export function commitsWaitOn(count: number): string {
  return `${counted(count, "commit")} ${count === 1 ? "waits" : "wait"} on`;
}
export function nothingWaitsOn(): string {
  return "Nothing waits on";
}
/** Between the environment's name and the commit it runs. */
export function environmentIs(environment: string): string {
  return `${visibleText(environment, 80)} is`;
}
export function liveSince(): string {
  return "live since";
}
/** Holdpoint came later than the deploy. */
export function seenLiveSince(): string {
  return "seen live since";
}
export function checkedAt(): string {
  return "checked";
}
export function neverChecked(): string {
  return "not checked yet";
}

export function checkAgain(): string {
  return "Check again";
}
export function whyLink(): string {
  return "Why";
}
export function openCase(): string {
  return "Open case";
}
export function mendLink(): string {
  return "Mend";
}
export function attachLink(): string {
  return "Attach";
}
/** For those who may only look. */
export function showLink(): string {
  return "Show";
}
export function showLost(): string {
  return "Show them";
}
export function editPolicy(): string {
  return "Edit at GitHub";
}
export function openIssue(): string {
  return "Open issue";
}
export function reasonsLabel(): string {
  return "Why it is so";
}
export function since(): string {
  return "Since";
}
export function until(): string {
  return "until";
}
/** The sentence around a moment: `in 5 h 12 min`. */
export function checksHalt(names: readonly string[]): { readonly before: string; readonly after: string } {
  const [halt, they, are] = names.length === 1 ? ["halts", "it", "is"] : ["halt", "they", "are"];
  return { before: `${listed(names, 3)} ${halt} deploys`, after: `, unless ${they} ${are} green by then.` };
}

export function checksTitle(): string {
  return "CI of the head";
}
export function noRequiredChecks(): string {
  return "The policy requires no check of the head.";
}
/** Beside a check's name, where there is no word of its source. */
export function checkHasNoResult(): string {
  return "no result yet";
}

export function notLookedAtTitle(): string {
  return "Holdpoint is reading this repository";
}
export function notLookedAt(): string {
  return "It was not looked at yet. What a deploy contains appears here by itself, usually within a minute.";
}
export function notReadYet(): string {
  return "It could not be read when Holdpoint last looked. It appears here by itself as soon as it can be.";
}
export function nothingWaitsTitle(environment: string): string {
  return `Nothing waits for ${visibleText(environment, 80)}`;
}
/** Before and after the branch's name. */
export function runsTheHeadOf(environment: string): string {
  return `${visibleText(environment, 80)} runs the head of`;
}
export function environmentsOffTitle(): string {
  return "Holds alone decide here";
}
export function environmentsOff(): string {
  return "The policy names no environment, so that nothing is compared and no ticket is checked. Halts and deferred checks hold every deploy.";
}
export function changesUnreadTitle(): string {
  return "What a deploy contains is not known";
}
export function unreadSentence(what: "changes" | "checks" | "base", because: UnknownCode): string {
  const reason = reasonOfUnknown(because);
  switch (what) {
    case "base":
      return `What is live there is not known: ${reason}.`;
    case "changes":
      return `What would go out is not known: ${reason}.`;
    case "checks":
      return `The required checks of the head are not known: ${reason}.`;
  }
}

export function firstDeployTitle(environment: string): string {
  return `This would be the first deployment to ${visibleText(environment, 80)}`;
}
export function firstDeployWhy(): string {
  return "Nothing is live there yet, so there is nothing to compare with: the newest commits and their tickets are listed, and none of them holds.";
}
/** Before `6 min ago`. */
export function thatWas(): string {
  return "That was";
}
export function gitHubSilentTitle(): string {
  return "GitHub is not answering: what you see is from";
}
export function branchGoneTitle(): string {
  return "The deploy branch is not there any more: what you see is from";
}
export function jiraSilentTitle(): string {
  return "Jira is not answering: what you see of tickets is from";
}
export function jiraSilentWithoutEarlier(): string {
  return "Jira is not answering";
}
/** `kept`: something of what was seen before is shown. */
export function jiraSilentWhy(because: UnknownCode, kept: boolean): string {
  const shown = kept ? "" : " Of these tickets nothing was seen before.";
  return `${reasonOfUnknown(because)}.${shown} What nobody could read counts as unknown; Holdpoint asks again by itself.`;
}
export function silentWhy(because: UnknownCode): string {
  return `${reasonOfUnknown(because)}. Holdpoint asks again by itself.`;
}
export function jiraOffTitle(): string {
  return "Jira is not asked";
}
export function jiraOff(): string {
  return "Holdpoint has no Jira settings: it tells which tickets go out, not what state they are in.";
}
export function archivedTitle(): string {
  return "This repository is archived";
}
export function archived(): string {
  return "Nothing is checked, held or posted for it until it is unarchived.";
}

export function policyRefusedTitle(why: "invalid" | "unreadable"): string {
  return why === "invalid"
    ? "The newest policy is not in force: it has problems"
    : "The newest policy is not in force: it could not be read";
}
export function policyRefusedWhy(): string {
  return "The last good one stays in force until this is mended.";
}
export function organisationPolicyTitle(): string {
  return "The organisation's defaults have problems";
}
export function policyUnusableTitle(): string {
  return "The policy cannot be used";
}
export function policyUnusableWhy(): string {
  return "Nothing is checked until it can be: a mended file takes effect as soon as it is on the default branch.";
}
export function policyProblemsLabel(): string {
  return "Problems of the policy";
}
export function lineAndColumn(line: number, column: number): string {
  return `line ${line}, column ${column}`;
}
export function ofTheOrganisation(): string {
  return "organisation's defaults";
}
