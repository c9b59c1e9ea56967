import type { TicketKey } from "../model.ts";
import { readKeyList } from "./key-list.ts";
import { findKeys } from "./key.ts";

/** GitHub's squash merges add ` (#123)`; several where a change was cherry-picked. */
const NUMBERS = /(?: ?\((?:#|!|pull request #|GH-)\d{1,9}\)){1,4}$/;
const LONGEST_SUFFIX = 120;
const LONGEST_TAIL = 200;
/** What sets a list of keys off from the sentence in front of it. */
const SET_OFF = /(?:[[({]|\s[-–—|]{1,2}\s|;\s|\s#)$/;

/** A subject without GitHub's number at its end: what the author wrote. */
export function withoutNumbers(subject: string): string {
  const start = Math.max(0, subject.length - LONGEST_SUFFIX);
  return subject.slice(0, start) + subject.slice(start).replace(NUMBERS, "");
}

/**
 * The keys that close a subject, set off from it: `Add a cache (KEY-1)`, `Add a cache - KEY-1`,
 * `Add a cache [KEY-1, KEY-2] (#12)`. Not `Follow-up to KEY-1`, nor `Add a cache (see KEY-1)`.
 */
export function readSubjectTail(subject: string): readonly TicketKey[] {
  const plain = withoutNumbers(subject).trimEnd();
  const from = Math.max(0, plain.length - LONGEST_TAIL);
  const tail = plain.slice(from);
  for (const { start } of findKeys(tail)) {
    const before = tail.slice(Math.max(0, start - 4), start);
    if (!SET_OFF.test(before)) continue;
    const list = readKeyList(tail, start);
    if (list !== null && /^[\])}.]{0,3}$/.test(tail.slice(list.end))) return list.keys;
  }
  return [];
}
