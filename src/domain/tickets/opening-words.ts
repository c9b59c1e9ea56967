import { CLOSING_WORDS, FILLERS, OPENING_WORDS } from "./words.ts";

const WORD = /[\p{L}][\p{L}'-]{0,19}/uy;
const GAP = /[ \t:#-]{0,3}/y;

/**
 * The place after words such as "Fix for issue", "Backported", "Addendum to", with which a text may begin in
 * front of its key; `start` itself where it does not begin with such words.
 */
export function skipOpeningWords(text: string, start: number): number {
  const first = wordAt(text, start);
  if (first === null || !(CLOSING_WORDS.has(first.word) || OPENING_WORDS.has(first.word))) return start;
  let end = first.end;
  for (let words = 0; words < 4; words += 1) {
    const next = wordAt(text, end);
    if (next === null || !isMore(next.word, first.word)) break;
    end = next.end;
  }
  return end;
}

/** "to" only completes "addendum to", "fix to": "merge to KEY-1" names where something went. */
function isMore(word: string, first: string): boolean {
  if (word === "to") return first.startsWith("add") || first.startsWith("amend") || CLOSING_WORDS.has(first);
  return FILLERS.has(word) || CLOSING_WORDS.has(word) || OPENING_WORDS.has(word);
}

function wordAt(text: string, start: number): { word: string; end: number } | null {
  WORD.lastIndex = start;
  const word = WORD.exec(text)?.[0];
  if (word === undefined) return null;
  GAP.lastIndex = start + word.length;
  GAP.test(text);
  // A word runs into its key without a gap only where it is no word of its own.
  return GAP.lastIndex === start + word.length
    ? null
    : { word: word.toLowerCase().replace(/-$/, ""), end: GAP.lastIndex };
}
