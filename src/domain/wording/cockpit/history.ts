import { visibleText } from "../../escape/visible-text.ts";
import type { HistoryKind } from "../../history/happening.ts";

const REASON_LIMIT = 1_000;

export function historyTitle(): string {
  return "History";
}
export function justNowTitle(): string {
  return "Just now";
}
/** At the end of the title of a list whose times say no zone. */
export function timesAreUtc(): string {
  return "UTC";
}
export function allHistory(): string {
  return "All of the history";
}

/** The reason that somebody gave, as they wrote it. */
export function reasonGiven(because: string): string {
  return visibleText(because, REASON_LIMIT);
}

export function kindName(kind: HistoryKind): string {
  switch (kind) {
    case "deploy":
      return "Deploys and rollbacks";
    case "gate":
      return "Gate and verdicts";
    case "halt":
      return "Halts";
    case "override":
      return "Overrides";
    case "case":
      return "Compliance cases";
    case "ticket":
      return "Tickets";
    case "policy":
      return "Policy";
    case "refused":
      return "Refused";
    case "pull-request":
      return "Pull requests";
  }
}

/** The filter. */
export function kindLabel(): string {
  return "What";
}
export function everyKind(): string {
  return "All but pull requests";
}
export function personLabel(): string {
  return "Who";
}
export function personHint(): string {
  return "A GitHub login";
}
export function environmentLabel(): string {
  return "Environment";
}
export function everyEnvironment(): string {
  return "All environments";
}
export function fromLabel(): string {
  return "From";
}
export function toLabel(): string {
  return "To";
}
export function applyFilter(): string {
  return "Show";
}
export function clearFilter(): string {
  return "Show everything";
}
export function downloadCsv(): string {
  return "Download as CSV";
}
export function kindUnknown(): string {
  return "There is no such sort of happening; choose one of the list.";
}
export function personUnreadable(): string {
  return "That is no login of GitHub's.";
}
export function environmentUnreadable(): string {
  return "That is no name of an environment.";
}
export function dayUnreadable(): string {
  return "Write the day as 2026-11-21.";
}
export function daysTurned(): string {
  return "This day is before the first one.";
}
export function cursorUnreadable(): string {
  return "The address of this page is damaged; the newest entries are shown.";
}
export function filterWrong(): string {
  return "Not filtered";
}
export function filterWrongWhy(): string {
  return "Something in the filter cannot be used; it is marked there. Nothing is shown until it is mended.";
}

/** The list. */
export function entriesTitle(): string {
  return "What happened";
}
export function nothingYet(): string {
  return "Nothing has happened yet";
}
export function nothingYetWhy(): string {
  return "Halts, overrides, deploys, cases and verdicts appear here as they happen, and stay for ever.";
}
export function nothingFound(): string {
  return "Nothing like that has happened";
}
export function nothingFoundWhy(): string {
  return "Choose a longer time, or another kind.";
}
export function olderEntries(): string {
  return "Older";
}
export function newestEntries(): string {
  return "Newest";
}
export function pagesLabel(): string {
  return "Pages of the history";
}
export function caseLink(id: number): string {
  return `case ${id}`;
}
export function runLink(): string {
  return "the run";
}
export function whyLink(): string {
  return "why";
}

/** The CSV's first line: stable, for programs too. */
export const CSV_COLUMNS = [
  "at",
  "kind",
  "what",
  "by",
  "environment",
  "commit",
  "lasted_seconds",
  "because",
  "sentence",
] as const;

const DAY = 86_400_000;
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** `Today, 21 November 2026`, `Thursday, 19 November 2026`; days are UTC's. */
export function dayName(day: Date, now: Date): string {
  const date = `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()] ?? ""} ${day.getUTCFullYear()}`;
  const ago = Math.floor(now.getTime() / DAY) - Math.floor(day.getTime() / DAY);
  if (ago === 0) return `Today, ${date}`;
  return ago === 1 ? `Yesterday, ${date}` : `${WEEKDAYS[day.getUTCDay()] ?? ""}, ${date}`;
}

/** `14:03`, in UTC like everything. */
export function hourMinute(at: Date): string {
  return at.toISOString().slice(11, 16);
}
