import { counted, quoted } from "../counted.ts";
import { visibleText } from "../../escape/visible-text.ts";

const SHOWN = 60;

/** What can be wrong with a file of recorded results, said of one line each. */
export function unclosedQuote(): string {
  return "a quotation mark opens here and is never closed; double a quotation mark that belongs to the text";
}
export function emptyResults(): string {
  return "the file is empty; its first line has to name the columns check,sha,finished_at,conclusion";
}
export function noResults(): string {
  return "there is nothing below the names of the columns";
}
export function columnsMissing(names: readonly string[]): string {
  return `there is no column ${names.map(quoted).join(", ")}; the first line has to name check,sha,finished_at,conclusion, and may name attempt`;
}
export function columnTwice(name: string): string {
  return `the column ${quoted(name)} stands there twice; leave one out`;
}
export function cellsMiscounted(found: number, wanted: number): string {
  return `${counted(found, "cell")} where the first line names ${counted(wanted, "column")}; put a text with a comma into quotation marks`;
}
export function checkEmpty(): string {
  return "the check has no name";
}
export function checkTooLong(most: number): string {
  return `the check's name is longer than ${most} characters`;
}
export function notASha(given: string): string {
  return `${shown(given)} is no commit; write its sha, 7 hex digits of it at least`;
}
export function notATime(given: string): string {
  return `${shown(given)} is no time with a zone; write it like 2026-03-01T09:30:00Z`;
}
export function endedInTheFuture(given: string): string {
  return `${shown(given)} has not come yet; write when the run ended`;
}
export function notAConclusion(given: string, known: readonly string[]): string {
  return `${shown(given)} is no conclusion; it is one of ${known.join(", ")}. Leave out runs that have not ended`;
}
export function notAnAttempt(given: string): string {
  return `${shown(given)} is no attempt; attempts count from 1`;
}
export function sameResult(line: number): string {
  return `the same check, commit and attempt as on line ${line}; number the attempts in a column “attempt”, or leave one out`;
}

function shown(given: string): string {
  return quoted(visibleText(given, SHOWN));
}
