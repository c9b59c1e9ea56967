import type { CaseEnd } from "../../compliance/case.ts";
import { counted } from "../counted.ts";

/** The list of cases, and the panel of deferred checks. Names arrive as visible text. */

export function casesTitle(): string {
  return "Cases";
}
export function casesWhat(): string {
  return "A case is one streak of red of a deferred check on the trunk, and its clock.";
}
export function openCasesTitle(): string {
  return "Open";
}
export function endedCasesTitle(): string {
  return "Ended";
}
export function noOpenCase(): string {
  return "No deferred check is red";
}
export function noOpenCaseWhy(): string {
  return "When one turns red on the trunk its case stands here, with its clock and who can do what about it.";
}
export function noEndedCase(): string {
  return "No case has ended yet.";
}
export function olderCases(): string {
  return "Older cases";
}
export function newestCases(): string {
  return "Newest cases";
}
export function endedInAll(count: number): string {
  return `${count} in all`;
}

/** In a row of ended cases. */
export function endedAs(as: CaseEnd["as"]): string {
  switch (as) {
    case "green":
      return "Green";
    case "gone":
      return "Job gone";
    case "by-hand":
      return "Closed by hand";
    case "void":
      return "Not watched";
  }
}
export function lastedFor(span: string): string {
  return `red for ${span}`;
}
export function hadExpired(): string {
  return "halted deploys";
}

export function checksTitle(): string {
  return "Deferred checks";
}
export function checksCount(count: number): string {
  return counted(count, "check");
}
export function checksEmpty(): string {
  return "Nothing was heard of them yet";
}
export function checksEmptyWhy(): string {
  return "The policy defers checks, and no commit of the trunk has a result of one so far.";
}
export function greenFor(span: string, atLeast: boolean): string {
  return `green for ${atLeast ? "at least " : ""}${span}`;
}
export function silentNow(commits: number): string {
  return `no result on the newest ${counted(commits, "commit")}`;
}
export function redWithoutCase(): string {
  return "red, and no case yet";
}
