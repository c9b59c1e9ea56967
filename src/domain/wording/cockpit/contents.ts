import { visibleText } from "../../escape/visible-text.ts";
import type { Finding } from "../../finding.ts";
import { UNKNOWN_CODES } from "../../model.ts";
import type { Exemption } from "../../tickets/carriage.ts";
import { counted, quoted } from "../counted.ts";
import { reasonOfUnknown } from "../unread.ts";

/** The words of what a deploy contains. */
export function contentsTitle(): string {
  return "What this deploy contains";
}
/** `17 tickets · 42 commits · 9 authors · discrepancies first`. */
export function contentsCounts(count: {
  readonly tickets: number;
  readonly commits: number;
  readonly authors: number;
  readonly discrepancies: number;
}): string {
  return [
    counted(count.tickets, "ticket"),
    counted(count.commits, "commit"),
    counted(count.authors, "author"),
    count.discrepancies === 0 ? "no discrepancy" : "discrepancies first",
  ].join(" · ");
}
export function found(count: number): string {
  return count === 0 ? "nothing found" : `${count} found`;
}
export function searchLabel(): string {
  return "Search this deploy by ticket, summary, author or commit";
}
export function searchPlaceholder(): string {
  return "Ticket, summary, author, commit";
}
export function search(): string {
  return "Search";
}
export function nothingFoundTitle(): string {
  return "Nothing of this deploy matches";
}
export function nothingFound(query: string): string {
  return `No ticket, summary, author or commit has ${quoted(visibleText(query, 80))} in it.`;
}
export function showAll(): string {
  return "Show all of it";
}
export function showNext(count: number): string {
  return `Show the next ${count}`;
}
export function showFirst(): string {
  return "Back to the first";
}
/** `1 to 100 of 973`. */
export function shownOf(from: number, until: number, all: number): string {
  return `${from + 1} to ${until} of ${all}`;
}

export function commits(count: number): string {
  return counted(count, "commit");
}
export function moreCommits(count: number): string {
  return `${counted(count, "more commit")} at GitHub`;
}
export function by(): string {
  return "by";
}
export function noTicket(): string {
  return "No ticket";
}
export function nobodyCarries(): string {
  return "carries no ticket";
}
export function revertedPill(): string {
  return "Reverted";
}
/** Before the commit that took it back. */
export function revertedBy(): string {
  return "reverted by";
}
export function goesOutAsNothing(): string {
  return "goes out as nothing";
}
/** Before a ticket's state that is not of this reading: `seen`, then the moment. */
export function seenAt(): string {
  return "as it was";
}
export function notFoundPill(): string {
  return "Not found";
}
export function unknownPill(): string {
  return "Not read";
}
export function notAskedPill(): string {
  return "Not asked";
}
export function passesPill(passes: boolean): string {
  return passes ? "Passes" : "Does not pass";
}
export function withheld(now: string): string {
  return `It is ${now} in Jira now, of a project that is not this repository's: what it says is not shown here`;
}
/** After the key: `attached to 77c0d1e by`, the login, then the reason. */
export function attachedBy(): string {
  return "attached by";
}
export function publicTexts(): string {
  return "This repository is public: what tickets say is shown to those who may write to it.";
}

/** What is wrong with one ticket, in its row; a clause. */
export function whatIsMissing(
  { code, message }: Pick<Finding, "code" | "message">,
  { status, lacking, showsTexts }: { status: string | null; lacking: readonly string[]; showsTexts: boolean },
): string {
  const unknown = UNKNOWN_CODES.find((one) => one === code);
  if (unknown !== undefined) return reasonOfUnknown(unknown);
  switch (code) {
    case "field-empty":
      return lacking.length === 0
        ? "Lacks a field that must be filled in"
        : `Lacks ${lacking.map((name) => quoted(visibleText(name, 60))).join(" and ")}`;
    case "status-not-allowed":
      return status === null || !showsTexts
        ? "Is not in a status that may go out"
        : `${quoted(visibleText(status, 60))} may not go out`;
    case "not-found":
      return "Not found in Jira, or not visible to Holdpoint";
    case "parent-not-found":
      return "Its parent was not found in Jira, or is not visible to Holdpoint";
    case "moved":
      return "Moved in Jira: write the new key from now on";
    case "open-pull-request":
      return "Has an open pull request that does not go out with it";
    case "commits-outside":
      return "Has commits that do not go out with it";
    default:
      return showsTexts ? message : "Does not pass";
  }
}

export function exemptTitle(count: number): string {
  return `${counted(count, "commit")} ${count === 1 ? "needs" : "need"} no ticket`;
}
export function exemptBecause(because: Exemption["because"]): string {
  switch (because) {
    case "merge":
      return "merges without a change of their own";
    case "author":
      return "by authors that the policy exempts";
    case "subject":
      return "begin as the policy exempts";
    case "reverted":
      return "taken back within this deploy";
    case "revert":
      return "take back work";
    case "require-off":
      return "the policy asks for no tickets";
    case "pull-request":
      return "their pull request carries one";
  }
}
export function revertsTitle(count: number): string {
  return `${counted(count, "commit")} ${count === 1 ? "takes" : "take"} work back`;
}
/** Between the reverting and the reverted commit. */
export function takesBack(): string {
  return "takes back";
}
export function lostTitle(count: number, environment: string): string {
  return `${counted(count, "commit")} would be taken away from ${visibleText(environment, 80)}`;
}
export function lostWhy(): string {
  return "They are live, and not in what would go out.";
}
