import type { TicketKey } from "../model.ts";

/** Twelve digits are far more than any Jira has; a longer run of digits is something else. */
const SHAPE = /[A-Z][A-Z0-9_]{1,9}-[1-9][0-9]{0,11}/y;
const SHAPES = /[A-Z][A-Z0-9_]{1,9}-[1-9][0-9]{0,11}/g;

/** Letters, digits, marks and `_` of any script make a word longer, full-width digits too ... */
const WORD = /^[\p{L}\p{N}\p{M}_]/u;
/** ... but these scripts write without spaces, so they do not touch a key that stands beside them. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const DIGIT = /[0-9]/;

export interface FoundKey {
  readonly key: TicketKey;
  readonly start: number;
  /** The place after its last character. */
  readonly end: number;
}

/** Whether a whole text is a ticket key: safe to send in a path, a body or a query. */
export function isTicketKey(text: string): text is TicketKey {
  SHAPE.lastIndex = 0;
  return SHAPE.test(text) && SHAPE.lastIndex === text.length;
}

/** `PLAY` of `PLAY-12`. */
export function projectOf(key: TicketKey): string {
  return key.slice(0, key.lastIndexOf("-"));
}

/** The key that starts exactly at a place of the text, not inside a longer word. */
export function keyAt(text: string, start: number): FoundKey | null {
  SHAPE.lastIndex = start;
  const found = SHAPE.exec(text)?.[0];
  if (found === undefined || !isTicketKey(found)) return null;
  const end = start + found.length;
  return continuesBefore(text, start) || continuesAfter(text, end) ? null : { key: found, start, end };
}

/** All keys in a text, in order, repetitions included. */
export function findKeys(text: string): readonly FoundKey[] {
  const found: FoundKey[] = [];
  for (const { index } of text.matchAll(SHAPES)) {
    const key = keyAt(text, index);
    if (key !== null) found.push(key);
  }
  return found;
}

/** `XKEY-1` and `apache-KEY-1` are other words; `-KEY-1` after a space is not. */
function continuesBefore(text: string, start: number): boolean {
  if (start === 0) return false;
  if (isWord(text, start - 1)) return true;
  return text[start - 1] === "-" && start > 1 && isWord(text, start - 2);
}

/** `KEY-1x`, `CVE-2024-1234` and `JAVA-1.8` are other words; `KEY-1.` and `KEY-1-text` are not. */
function continuesAfter(text: string, end: number): boolean {
  if (end >= text.length) return false;
  if (isWord(text, end)) return true;
  const next = text[end];
  return (next === "-" || next === ".") && DIGIT.test(text[end + 1] ?? "");
}

/** Of the whole character that the code unit at `index` belongs to. */
function isWord(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  const isTrail = unit >= 0xdc00 && unit <= 0xdfff;
  const from = text.slice(isTrail ? Math.max(0, index - 1) : index, index + 2);
  return WORD.test(from) && !UNSPACED.test(from);
}
