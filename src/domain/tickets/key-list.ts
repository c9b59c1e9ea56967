import type { TicketKey } from "../model.ts";
import { findKeys, keyAt } from "./key.ts";
import { skipOpeningWords } from "./opening-words.ts";

export interface KeyList {
  readonly keys: readonly TicketKey[];
  /** The place after the list. */
  readonly end: number;
}

/** Brackets that hold keys are short; what is longer is prose in brackets. */
const LONGEST_BRACKET = 200;
const LONGEST_LINK = 500;

const CLOSING: Readonly<Record<string, string>> = { "[": "]", "(": ")", "{": "}", "<": ">" };
const BETWEEN = /[\s,;/&+|-]{0,4}(?:and[ \t]{1,2})?/y;
const LINK = /https?:\/\/[^\s<>()[\]"'|]{1,400}/y;
const BROWSED = /\/browse\/([A-Z][A-Z0-9_]{1,9}-[1-9][0-9]{0,11})\/?[.,;:]?$/;

/**
 * The list of keys that starts exactly here: `KEY-1`, `KEY-1, KEY-2`, `[KEY-1][KEY-2]`, `(KEY-1)`, `#KEY-1`,
 * `[KEY-1](https://…)`, or the address of a ticket, `https://jira.example.org/browse/KEY-1`.
 */
export function readKeyList(text: string, start: number, depth = 0): KeyList | null {
  const keys: TicketKey[] = [];
  let end = start;
  let at = start;
  for (;;) {
    const element = readElement(text, at, depth);
    if (element === null) break;
    for (const key of element.keys) keys.push(key);
    end = element.end;
    BETWEEN.lastIndex = end;
    BETWEEN.test(text);
    at = BETWEEN.lastIndex;
  }
  return keys.length === 0 ? null : { keys, end };
}

function readElement(text: string, start: number, depth: number): KeyList | null {
  const at = text[start] === "#" || text[start] === "*" ? start + 1 : start;
  const bare = keyAt(text, at) ?? afterHyphen(text, at);
  if (bare !== null) return { keys: [bare.key], end: bare.end };
  const first = text[at] ?? "";
  if (first === "h") return readLink(text, at);
  const closing = CLOSING[first];
  return closing === undefined || depth > 1 ? null : readBracket(text, at, closing, depth);
}

/** `KEY-1-KEY-2`: inside a list the hyphen between two keys is a separator. */
function afterHyphen(text: string, at: number): ReturnType<typeof keyAt> {
  if (at === 0 || text[at - 1] !== "-") return null;
  const found = keyAt(text.slice(at, at + 30), 0);
  return found === null ? null : { key: found.key, start: at, end: at + found.end };
}

function readLink(text: string, at: number): KeyList | null {
  LINK.lastIndex = at;
  const link = LINK.exec(text)?.[0];
  const key = link === undefined ? undefined : BROWSED.exec(link)?.[1];
  const found = key === undefined ? null : keyAt(key, 0);
  return link === undefined || found === null ? null : { keys: [found.key], end: at + link.length };
}

/** A bracket that begins with keys, or with one or two words and then keys: `[FIXED KEY-1]`, `[KEY-1 addendum]`. */
function readBracket(text: string, at: number, closing: string, depth: number): KeyList | null {
  const close = text.slice(at, at + LONGEST_BRACKET).indexOf(closing, 1);
  if (close === -1) return null;
  const inside = text.slice(at + 1, at + close).trim();
  const list = readKeyList(inside, skipOpeningWords(inside, 0), depth + 1);
  if (list === null) return null;
  return { keys: list.keys, end: skipLinkTarget(text, at + close + 1) };
}

/** Markdown: `[KEY-1](https://…)`. */
function skipLinkTarget(text: string, at: number): number {
  if (!text.startsWith("(http", at)) return at;
  const close = text.slice(at, at + LONGEST_LINK).indexOf(")");
  return close === -1 ? at : at + close + 1;
}

/** Whether a text is nothing but keys and what stands between them. */
export function isKeyListAlone(text: string): boolean {
  const list = readKeyList(text.trim(), 0);
  return list !== null && /^[\s.,;:]*$/.test(text.trim().slice(list.end));
}

/** The keys of a text as a set in order, for scopes such as `fix(api, KEY-1):`. */
export function keysIn(text: string): readonly TicketKey[] {
  return [...new Set(findKeys(text).map(({ key }) => key))];
}
