import type { CheckResult } from "../snapshot.ts";
import type { CheckSelector } from "../policy.ts";
import { counted, listed, quoted, shortSha } from "./counted.ts";

/** What the rules say: short clauses without a full stop, the count first, then what it is about. */
export function nothingAsked(): string {
  return "the policy asks for nothing here";
}
export function everyCommitHasItsTicket(): string {
  return "every commit that needs a ticket has one";
}
export function commitsWithoutTicket(shas: readonly string[]): string {
  return `${counted(shas.length, "commit")} without ticket: ${listed(shas.map(shortSha))}`;
}
export function ticketsNotTold(shas: readonly string[], reason: string): string {
  return `${reason}; not known to carry a ticket: ${listed(shas.map(shortSha))}`;
}

export function ticketsFound(count: number): string {
  return count === 0 ? "no tickets to look for" : `${counted(count, "ticket")} found in Jira`;
}
export function ticketsNotFound(keys: readonly string[]): string {
  return `${counted(keys.length, "ticket")} ${notFoundOrNotVisible()}: ${listed(keys)}`;
}
export function ticketsNotRead(keys: readonly string[], reason: string): string {
  return `${reason}; not checked: ${listed(keys)}`;
}
export function ticketsMoved(moves: readonly { readonly key: string; readonly now: string }[]): string {
  const named = moves.map(({ key, now }) => `${key} is now ${now}`);
  return `${counted(moves.length, "ticket")} moved in Jira: ${listed(named)}`;
}
export function ticketsMovedUnnamed(keys: readonly string[]): string {
  return `${counted(keys.length, "ticket")} moved in Jira: ${listed(keys)}`;
}
export function forkNotAsked(keys: readonly string[]): string {
  return `from a fork, Jira is asked once somebody with write access comments /holdpoint check; not checked: ${listed(keys)}`;
}

export function ticketsInAllowedStatus(count: number): string {
  return count === 0
    ? "no tickets whose status counts"
    : `${counted(count, "ticket")} in a status that may go out`;
}
export function ticketsInStatus(status: string, keys: readonly string[]): string {
  return `${counted(keys.length, "ticket")} in status ${quoted(status)}: ${listed(keys)}`;
}
export function ticketsNotInAllowedStatus(keys: readonly string[]): string {
  return `${counted(keys.length, "ticket")} not in a status that may go out: ${listed(keys)}`;
}

export function fieldsFilled(fields: readonly string[]): string {
  return `${listed(fields.map(quoted))} filled in wherever needed`;
}
export function ticketsLackField(field: string, keys: readonly string[]): string {
  return `${counted(keys.length, "ticket")} ${keys.length === 1 ? "lacks" : "lack"} ${quoted(field)}: ${listed(keys)}`;
}
export function noSuchField(field: string): string {
  return `the policy names a field ${quoted(field)} that Jira does not have`;
}
export function notFoundOrNotVisible(): string {
  return "not found or not visible to Holdpoint";
}
export function parentsNotRead(field: string, keys: readonly string[], reason: string): string {
  return `${quoted(field)} of the parent unknown, ${reason}: ${listed(keys)}`;
}

export function allWorkIsHere(): string {
  return "no ticket has work elsewhere";
}
export function ticketsWithOpenPullRequests(keys: readonly string[], numbers: readonly number[]): string {
  const pullRequests = `pull request${numbers.length === 1 ? "" : "s"} ${listed(numbers.map(String))}`;
  return `${counted(keys.length, "ticket")} with open ${pullRequests}: ${listed(keys)}`;
}
export function ticketsWithCommitsOutside(keys: readonly string[]): string {
  return `${counted(keys.length, "ticket")} with commits that do not go out: ${listed(keys)}`;
}
export function elsewhereNotRead(reason: string): string {
  return `whether tickets have work elsewhere is not known: ${reason}`;
}

export function nothingIsLost(base: string): string {
  return `everything live on ${quoted(base)} is in it`;
}
export function nothingNew(base: string): string {
  return `nothing new for ${quoted(base)}`;
}
export function firstDeployment(): string {
  return "the first deployment: nothing is live yet, tickets are only listed";
}
/** `count` is how many there are, `shas` those that were read. */
export function wouldBeLost(base: string, count: number, shas: readonly string[]): string {
  const lost = `would take ${counted(count, "commit")} away from ${quoted(base)}`;
  return shas.length === 0 ? lost : `${lost}: ${listed(shas.map(shortSha))}`;
}
export function wouldGoBack(base: string, count: number, shas: readonly string[]): string {
  return `a step back, ${wouldBeLost(base, count, shas)}`;
}
export function baseNotRead(reason: string): string {
  return `what is live is not known: ${reason}`;
}
export function changesNotRead(reason: string): string {
  return `what would go out is not known: ${reason}`;
}
export function commitGone(detail: string): string {
  return `a commit to compare with is not there any more${detail === "" ? "" : ` (${detail})`}`;
}
export function nothingAttributed(): string {
  return "the tickets of its commits were not read";
}

export function checksGreen(count: number): string {
  return `${counted(count, "required check")} green`;
}
export function checksNotGreen(checks: readonly Pick<CheckResult, "name" | "said">[]): string {
  return `${counted(checks.length, "required check")} not green: ${listed(checks.map(({ name, said }) => `${quoted(name)} (${said})`))}`;
}
export function checksRunning(names: readonly string[]): string {
  return `${counted(names.length, "required check")} still running: ${listed(names.map(quoted))}`;
}
export function checksWithoutResult(selectors: readonly CheckSelector[]): string {
  return `${counted(selectors.length, "required check")} without any result: ${listed(selectors.map((one) => quoted(selectorName(one))))}`;
}
export function checksNotRead(reason: string): string {
  return `required checks are not known: ${reason}`;
}

/** A selector as people wrote it: `ci.yml / unit *`. */
export function selectorName(selector: CheckSelector): string {
  switch (selector.kind) {
    case "workflow":
      return selector.job === null ? selector.workflow : `${selector.workflow} / ${selector.job.pattern}`;
    case "check":
      return selector.app === null ? selector.check.pattern : `${selector.check.pattern} of ${selector.app}`;
    case "status":
      return selector.status.pattern;
  }
}
