import { captured } from "./captured.ts";
import { type KeyList, keysIn, readKeyList } from "./key-list.ts";
import { findKeys } from "./key.ts";
import { skipOpeningWords } from "./opening-words.ts";
import { BESIDE_WORDS } from "./words.ts";

/** Bullets, numbering, emphasis, emoji and their `:names:` in front of a line. */
const ORNAMENT =
  /(?:[\s*•·–—+>~_`]|-(?=[\s[(A-Z])|\d{1,3}[.)](?=\s)|:[a-z0-9_+-]{2,30}:|\p{So}|\p{Sk}|\u200D|\uFE0F)/uy;
const TAG = /\[[^[\]]{0,60}\]|\([^()]{0,60}\)/y;
const LABEL =
  /([\p{L}][\p{L}\p{N}_./&+-]*(?:[ ,][\p{L}\p{N}_./&+-]+){0,3})(?:[ \t]*(\([^()]{0,100}\))!?|[ \t]*!)?(?:[ \t]*:(?!\/\/)|[ \t]+-{1,2}(?=[ \t]))[ \t]*/uy;
const WORDS_AND_BRACKET = /(?:[\p{L}\p{N}][\p{L}\p{N}'-]{0,19} ){1,2}(?=\[)/uy;
/** Behind these stands what the sentence speaks of, not what it does. */
const LINKING: ReadonlySet<string> = new Set(
  "for of to from in on at with without via as than the a an and or not until before because".split(" "),
);
const LONGEST_LABEL = 140;
const LONGEST_ORNAMENT = 40;
const MOST_PREFIXES = 6;

/** The place where the text of a line begins. */
export function skipOrnaments(line: string, start = 0): number {
  let at = start;
  while (at < line.length && at - start < LONGEST_ORNAMENT) {
    ORNAMENT.lastIndex = at;
    if (!ORNAMENT.test(line)) break;
    at = ORNAMENT.lastIndex;
  }
  return at;
}

/**
 * The keys that lead a subject, past whatever may stand in front of them: tags (`[branch-3.x]`), types and
 * areas (`fix(api):`, `MINOR:`), and words that say that the ticket is worked on (`Fix for`, `Backport`).
 */
export function readSubjectLead(subject: string): KeyList | null {
  let at = skipOrnaments(subject);
  for (let prefixes = 0; prefixes <= MOST_PREFIXES; prefixes += 1) {
    const list = readKeyList(subject, at);
    if (list !== null) return isPossessive(subject, list.end) ? null : list;
    const next = skipPrefix(subject, at);
    if (next === null) return null;
    if (typeof next !== "number") return next;
    at = skipOrnaments(subject, next);
  }
  return null;
}

/** The place after one prefix, or the keys of its scope: `fix(KEY-1): …`. */
function skipPrefix(text: string, at: number): number | KeyList | null {
  TAG.lastIndex = at;
  if (TAG.test(text)) return TAG.lastIndex;
  const after = skipOpeningWords(text, at);
  if (after > at) return after;
  const bracket = skipToBracket(text, at);
  if (bracket !== null) return bracket;
  const label = readLabel(text, at);
  if (label === null || label.words.some((word) => BESIDE_WORDS.has(word))) return null;
  if (label.scopeKeys.length > 0) return { keys: label.scopeKeys, end: label.end };
  return findKeys(label.text).length === 0 ? label.end : null;
}

/** `Polish [KEY-1] text`: a word or two in front of keys in square brackets, unless they put it beside. */
function skipToBracket(text: string, at: number): number | null {
  WORDS_AND_BRACKET.lastIndex = at;
  const words = WORDS_AND_BRACKET.exec(text)?.[0];
  if (words === undefined || readKeyList(text, at + words.length) === null) return null;
  const isBeside = words
    .toLowerCase()
    .trim()
    .split(" ")
    .some((word) => BESIDE_WORDS.has(word) || LINKING.has(word));
  return isBeside ? null : at + words.length;
}

export interface Label {
  readonly text: string;
  readonly words: readonly string[];
  readonly scopeKeys: KeyList["keys"];
  /** The place after the colon and the blanks behind it. */
  readonly end: number;
}

/** One to four words and a colon (or a dash): `Jira:`, `feat(api)!:`, `IN PROGRESS -`. */
export function readLabel(text: string, at: number): Label | null {
  LABEL.lastIndex = 0;
  const match = LABEL.exec(text.slice(at, at + LONGEST_LABEL));
  if (match === null) return null;
  const label = captured(match, 1);
  return {
    text: label,
    words: label.toLowerCase().split(/[ ,]/),
    scopeKeys: keysIn(captured(match, 2)),
    end: at + match[0].length,
  };
}

/** "KEY-1's fix broke …" talks about a ticket. */
function isPossessive(text: string, end: number): boolean {
  return /^['’]s\b/.test(text.slice(end, end + 3));
}
