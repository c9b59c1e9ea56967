import type { TicketKey } from "../model.ts";
import { isKeyListAlone, readKeyList } from "./key-list.ts";
import { type FoundKey, findKeys } from "./key.ts";
import { readLabel, skipOrnaments } from "./lead.ts";
import { skipOpeningWords } from "./opening-words.ts";
import { CLOSING_NOW, CLOSING_WORDS, NOT_CLOSING, isWorkLabel } from "./words.ts";

export interface BodyKeys {
  /** In a trailer, or behind a closing word. */
  readonly named: readonly TicketKey[];
  /** Leading a line. */
  readonly leading: readonly TicketKey[];
  /** Anywhere in it. */
  readonly seen: readonly TicketKey[];
}

const NOTHING: BodyKeys = { named: [], leading: [], seen: [] };

const READS_LIKE_SUBJECT = /^\s*[:–—](?:\s|$)|^:\S|^\s+-{1,2}\s|^\s*;\s|^\s+# ?[a-z]/;

/** Lines that say who, not what, and lines that other tools leave behind: never read for tickets. */
const NEVER =
  /^[\s*>-]{0,8}(?:[\w-]{1,40}-by|git-svn-id|change-id|cc|from-svn|svn-revision|x-[\w-]{1,30}) ?:/i;
const LONGEST_LOOK_BACK = 60;
const LONGEST_LINK = 300;
const ENDS_LINK = /[\s<>()[\]"']/;
/** Behind a key that leads an item of a list, these begin a sentence about the ticket. */
const TALKING =
  /^[\s\])]{1,3}(?:is|was|are|were|has|have|had|will|would|can|could|should|did|does|introduced|broke|already|which|that|but)\b/;

/** Whether a line is read for tickets at all. What a revert quotes or names is not. */
export function isReadForKeys(line: string): boolean {
  return !NEVER.test(line) && !/^\W{0,8}(?:this )?(?:re-?appl|revert)/i.test(line);
}

/** The keys of one line of the body that the commit carries. */
export function readBodyLine(line: string, before: string): BodyKeys {
  const found = findKeys(line);
  if (found.length === 0) return NOTHING;
  const seen = found.map(({ key }) => key);
  const start = skipOrnaments(line);
  const label = readLabel(line, start);
  if (label !== null && isWorkLabel(label.text)) {
    const list = readKeyList(line, skipOpeningWords(line, label.end));
    if (list !== null) return { named: list.keys, leading: [], seen };
  }
  const closed = readClosed(line, found);
  return { named: closed, leading: readLineLead(line, start, before), seen };
}

/** `Fixes KEY-1 and KEY-2`, at the start of a line or within a sentence. */
function readClosed(line: string, found: readonly FoundKey[]): readonly TicketKey[] {
  const keys: TicketKey[] = [];
  let read = 0;
  for (const { start } of found) {
    const at = startOfLink(line, start);
    if (at < read || !isClosing(line.slice(Math.max(0, at - LONGEST_LOOK_BACK), at))) continue;
    const list = readKeyList(line, at);
    if (list === null) continue;
    for (const key of list.keys) keys.push(key);
    read = list.end;
  }
  return keys;
}

/** Where the address begins that a key stands in; the key's own place where it stands in none. */
function startOfLink(line: string, start: number): number {
  const least = Math.max(0, start - LONGEST_LINK);
  let from = start;
  while (from > least && !ENDS_LINK.test(line[from - 1] ?? "")) from -= 1;
  const link = /https?:\/\/./.exec(line.slice(from, start));
  return link === null ? start : from + link.index;
}

/** Whether the text in front of a key ends with a closing word that is neither turned round nor looking back. */
function isClosing(before: string): boolean {
  if (!/[\s:#(["*<]$/.test(before) || !/(?:fix|clos|resolv|implement)/i.test(before)) return false;
  const words = [...before.toLowerCase().matchAll(/[\p{L}'’]+|[.;!?,()]/gu)].map(([word]) => word);
  const at = words.findLastIndex((word) => !/^(?:issues?|bugs?|jira|tickets?)$/.test(word));
  const word = words[at];
  const previous = words[at - 1];
  if (word === undefined || !CLOSING_WORDS.has(word)) return false;
  if (previous === undefined) return at === 0 && before.trimStart().length < LONGEST_LOOK_BACK;
  if (NOT_CLOSING.has(previous) || NOT_CLOSING.has(words[at - 2] ?? "")) return false;
  return CLOSING_NOW.has(word) || /^(?:[.;!?,(]|also|and|commit|change|patch|this)$/.test(previous);
}

/**
 * A key that leads a line is the work where the line reads like a subject: the key stands alone, or a colon,
 * a dash, a capital or one of Jira's commands (`#done`) follows; in an item of a list, whatever is no sentence
 * about the ticket. Elsewhere a small letter goes on with a sentence: "KEY-1 introduced …".
 */
function readLineLead(line: string, start: number, before: string): readonly TicketKey[] {
  const list = readKeyList(line, skipTags(line, start));
  if (list === null) return [];
  const isItem = /[*•·+\d-]|^\s{2,}$/.test(line.slice(0, start));
  if (!isItem && runsOn(before)) return [];
  const rest = line.slice(list.end);
  if (isItem) return TALKING.test(rest) ? [] : list.keys;
  if (isKeyListAlone(line.slice(start)) || READS_LIKE_SUBJECT.test(rest)) return list.keys;
  return /^[\s\])]{1,3}["'`@<[(]?[\p{Lu}\p{Lo}]/u.test(rest) ? list.keys : [];
}

function skipTags(line: string, start: number): number {
  const tag = /^(?:\[[^[\]]{0,40}\] ?){1,3}/.exec(line.slice(start, start + 130))?.[0];
  return tag === undefined || findKeys(tag).length > 0 ? start : start + tag.length;
}

/** Whether the sentence of the line before goes on in the next one: it ends with a word, or with a comma. */
function runsOn(before: string): boolean {
  if (before === "" || before.length < 40) return false;
  return /[\p{Ll},(]$/u.test(before);
}
