import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { findMistake } from "./find-mistake.ts";

/**
 * What somebody asked of this process on its command line. What cannot be meant is told in a sentence, and ends the process with 2:
 * nothing was tried, so nothing was found.
 */
export function askedFor<const Config extends ParseArgsOptionsConfig>(options: Config) {
  const mistake = findMistake(process.argv.slice(2), options);
  if (mistake !== null) refuse(mistake);
  return parseArgs({ options, strict: true, allowPositionals: false }).values;
}

/** A whole number of at least `least`, or the sentence and 2. */
export function wholeNumber(option: string, text: string, least = 0): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
  return refuse(`--${option} takes a whole number from ${String(least)} on, and "${text}" is none.`);
}

/** Any number above 0, or the sentence and 2. */
export function numberAboveZero(option: string, text: string): number {
  const number = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && Number.isFinite(number) && number > 0) return number;
  return refuse(`--${option} takes a number above 0, and "${text}" is none.`);
}

export function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}
