import type { Answer } from "../../decision.ts";
import { visibleText } from "../../escape/visible-text.ts";
import type { Place } from "../../gate/gate.ts";
import type { WhyRule } from "../../gate/why-tree.ts";
import type { Outcome, UnknownCode } from "../../model.ts";
import { counted, shortSha } from "../counted.ts";
import { reasonOfUnknown } from "../unread.ts";

const NAME_LIMIT = 100;

export function whyTitle(): string {
  return "Why";
}
export function whyIntroduction(): string {
  return "What the gate says of any commit, and what that is made of. Asking changes nothing: nothing is posted, nobody is told.";
}

/** The form. */
export function environmentLabel(): string {
  return "Environment";
}
export function commitLabel(): string {
  return "Commit";
}
export function commitHint(): string {
  return "Its sha: 7 hex digits of it, or more.";
}
export function rollbackLabel(): string {
  return "As a rollback: it was live there before, and shall be again";
}
export function askWhy(): string {
  return "Ask the gate";
}
export function askAnother(): string {
  return "Ask about another commit";
}
export function notAsked(): string {
  return "Nothing was asked";
}
export function commitMissing(): string {
  return "Which commit? Write at least 7 digits of its sha.";
}
export function commitUnreadable(): string {
  return "That is no sha: write 7 to 40 of its hex digits, or all 64 in a SHA-256 repository.";
}
export function environmentUnreadable(limit: number): string {
  return `That is no name of an environment: at most ${limit} characters, none of them hidden.`;
}
export function intentUnreadable(): string {
  return "The address asks for something that is neither a deploy nor a rollback. Ask again here.";
}
export function nextDeploy(): string {
  return "The next deploy";
}
export function nextDeployTo(environment: string, sha: string): string {
  return `Why ${shortSha(sha)} may go to ${nameOf(environment)}, or may not`;
}
export function nothingAskedYet(): string {
  return "No commit was named yet";
}
export function nothingAskedYetWhy(): string {
  return "Write a sha above. It may be of the deploy branch, of a pull request, or of what was live before.";
}

/** What stands in the way of asking. */
export function noSuchCommitTitle(): string {
  return "There is no such commit";
}
export function noSuchCommitWhy(beginning: string): string {
  return `Either no commit of this repository begins with ${beginning}, or several do. Write more of its sha.`;
}
export function cannotAskTitle(): string {
  return "The commit could not be looked up";
}
export function cannotAskWhy(because: UnknownCode): string {
  return `${sentence(reasonOfUnknown(because))} Ask again in a minute: nothing was decided by this.`;
}
export function nothingGoesOut(): string {
  return "Nothing goes out of this repository";
}
export function nothingGoesOutWhy(): string {
  return "It is archived, or Holdpoint may do nothing for it any more, so there is no gate to ask.";
}
export function askedTooOften(): string {
  return "That is a lot of questions in one minute";
}
export function askedTooOftenWhy(seconds: number): string {
  return `Each of them makes Holdpoint read GitHub, which others need it for, too. Ask again in ${counted(seconds, "second")}.`;
}

/** The answer. */
export function whyHeadline(
  { decision, wouldBe }: { readonly decision: Answer; readonly wouldBe: Answer },
  { sha, environment, rollback }: { sha: string; environment: string; rollback: boolean },
): string {
  const what = shortSha(sha);
  const go = `${rollback ? "go back" : "go"} to ${nameOf(environment)}`;
  if (decision === "held") return `${what} may not ${go}`;
  if (decision === "unknown") return `Nobody can say yet whether ${what} may ${go}`;
  return wouldBe === "open" ? `${what} may ${go}` : `${what} may ${go}, because the policy only observes`;
}
export function wouldBeSo(wouldBe: Answer): string {
  return wouldBe === "held" ? "It would be held." : "It would not be let out before it can be verified.";
}
export function factsReadBefore(): string {
  return "read";
}
export function factsNotRead(): string {
  return "the facts could not be read";
}
export function nothingWasDone(): string {
  return "Asked for this page alone: nothing was posted, nothing was decided.";
}
export function linkToThis(): string {
  return "Link to this answer";
}
export function askAsRollback(): string {
  return "Ask as a rollback";
}
export function askAsDeploy(): string {
  return "Ask as a deploy";
}
export function answeredFor(): string {
  return "What the answer is made of";
}

/** The branches of the tree. */
export function groundBranch(): string {
  return "It could not be judged";
}
export function policyBranch(mode: "enforce" | "observe", onUnknown: "hold" | "allow"): string {
  const unread =
    onUnknown === "hold" ? "what cannot be verified holds" : "what cannot be verified is let out";
  return mode === "enforce"
    ? `The policy is enforced; ${unread}`
    : `The policy only observes: it says what it would hold, and lets everything out`;
}
export function looserPolicyWaits(): string {
  return "A looser policy is in the repository; open cases and halts stand on the stricter one until somebody authorised accepts it.";
}
export function placeBranch(place: Place, wasLive: boolean, environment: string): string {
  switch (place) {
    case "deploy-branch":
      return "The commit is on the deploy branch";
    case "pull-request":
      return `The commit is the head of a pull request into what ${nameOf(environment)} runs`;
    case "merge-group":
      return `The commit is the head of a merge group into what ${nameOf(environment)} runs`;
    case "elsewhere":
      return wasLive
        ? `The commit was live in ${nameOf(environment)} before`
        : "The commit is not on the deploy branch";
  }
}
export function wasLiveToo(environment: string): string {
  return `It was live in ${nameOf(environment)} before.`;
}
export function holdsBranch(count: number): string {
  return count === 0
    ? "Nothing is halted, and no deferred check is past its deadline"
    : `${counted(count, "hold")} in force`;
}
export function liftedBranch(count: number): string {
  return count === 1 ? "Something was lifted" : `${count} things were lifted`;
}
export function verdictBranch(outcome: Outcome): string {
  switch (outcome) {
    case "pass":
      return "The verdict on what goes out: it passes";
    case "fail":
      return "The verdict on what goes out: it fails";
    case "unknown":
      return "The verdict on what goes out: something could not be verified";
  }
}
export function verdictLetThrough(): string {
  return "What could not be verified is let through, because the policy says on_unknown: allow.";
}
export function liftedNow(): string {
  return "lifted";
}
export function noVerdict(): string {
  return "No verdict: the policy names no environments, so holds alone decide";
}
function ruleOff(): string {
  return "not asked here";
}
export function ruleNotAsked(): string {
  return "Could not be asked: what it reads is not known.";
}
export function ruleWord(outcome: WhyRule["outcome"]): string | null {
  return outcome === "off" ? ruleOff() : null;
}
export function ruleOffWhy(): string {
  return "There is nothing to ask it of: no Jira settings, or nothing is live there yet.";
}
export function since(): string {
  return "since";
}
export function until(): string {
  return "until";
}
export function commitsSeen(count: number): string {
  return counted(count, "commit");
}
export function ticketsSeen(count: number): string {
  return counted(count, "ticket");
}
export function andMore(count: number): string {
  return `and ${count} more`;
}
export function lookAtReason(): string {
  return "on GitHub";
}

function nameOf(name: string): string {
  return visibleText(name, NAME_LIMIT);
}

/** `GitHub did not answer` -> `GitHub did not answer.` */
function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
