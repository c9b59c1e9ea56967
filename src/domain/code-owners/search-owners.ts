import { type Effort, matchesCodeOwnersPattern } from "./code-owners-pattern.ts";
import { type CodeOwner, parseOwners, parseOwnersPattern } from "./parse-owners-line.ts";

/** Some tenths of a second; past that the answer is cut short. */
const MOST_EFFORT = 12_000_000;
/** Some milliseconds. */
const EFFORT_BETWEEN_PAUSES = 300_000;
/** A line costs this much more than its characters, and so does a name. */
const LINE_EFFORT = 10;
/** Nobody writes longer lines or more names, and git cannot check out files with longer paths. */
const LONGEST_LINE = 65_536;
const LONGEST_PATH = 4_096;
const MOST_OWNERS = 10_000;

export interface FoundOwners {
  /** Those who own most of the files first. */
  readonly owners: readonly CodeOwner[];
  /** False where there was too much to look at. */
  readonly complete: boolean;
}

interface File {
  readonly index: number;
  readonly parts: readonly string[];
}

interface Counted {
  readonly owner: CodeOwner;
  /** The first of their files, in the order given. */
  first: number;
  count: number;
}

/** Whether a CODEOWNERS says anything at all. */
export function saysSomething(text: string): boolean {
  return /^[ \t]*[^\s#]/m.test(text);
}

/**
 * Who owns the files. GitHub takes files of 3 MB, and patterns that take long: the search stops at each `yield`, so that whoever runs it can
 * let others work, and ends cut short where it would take too long in all.
 */
export function* searchOwners(text: string, paths: readonly string[]): Generator<void, FoundOwners> {
  const effort: Effort = { spent: 0 };
  const isTired = startPauses(effort);
  const owners = new Map<string, Counted>();
  let complete = true;
  let open: File[] = [];
  for (const [index, path] of paths.entries()) {
    effort.spent += path.length;
    if (path.length <= LONGEST_PATH) open.push({ index, parts: path.split("/") });
    else complete = false;
    if (isTired()) yield;
  }
  const startOf = startLines(text);
  // The last line that matches decides alone, also where it names nobody.
  for (let end = text.length; end >= 0 && open.length > 0;) {
    const start = startOf(end);
    const line = end - start > LONGEST_LINE ? null : text.slice(start, end);
    effort.spent += end - start + LINE_EFFORT;
    end = start - 1;
    if (line === null) complete = false;
    const pattern = line === null ? null : parseOwnersPattern(line);
    const left: File[] = [];
    const matched: File[] = [];
    for (const file of pattern === null ? [] : open) {
      const isMatched = pattern !== null && matchesCodeOwnersPattern(pattern, file.parts, effort);
      (isMatched ? matched : left).push(file);
      if (effort.spent > MOST_EFFORT) return { owners: inOrder(owners), complete: false };
      if (isTired()) yield;
    }
    if (effort.spent > MOST_EFFORT) return { owners: inOrder(owners), complete: false };
    if (isTired()) yield;
    const named = line === null || matched.length === 0 ? null : parseOwners(line);
    if (named === null) continue;
    effort.spent += named.length * LINE_EFFORT;
    if (!count(owners, named, matched)) complete = false;
    open = left;
  }
  return { owners: inOrder(owners), complete };
}

/** Whether it is time for a pause; the next one is then some milliseconds away again. */
function startPauses(effort: Effort): () => boolean {
  let paused = 0;
  return () => {
    if (effort.spent - paused < EFFORT_BETWEEN_PAUSES) return false;
    paused = effort.spent;
    return true;
  };
}

/** Answers where the line begins that ends at a place, asked for one line after the other from the last to the first. */
function startLines(text: string): (end: number) => number {
  const breaks = ["\n", "\r"].map((sign) => ({ sign, at: text.length }));
  return (end) => {
    for (const one of breaks) {
      if (one.at >= end) one.at = end === 0 ? -1 : text.lastIndexOf(one.sign, end - 1);
    }
    return Math.max(...breaks.map(({ at }) => at)) + 1;
  };
}

/** False: there are too many names. */
function count(owners: Map<string, Counted>, named: readonly CodeOwner[], files: readonly File[]): boolean {
  const first = files[0]?.index ?? 0;
  for (const owner of named) {
    const key = `${owner.kind}:${owner.name.toLowerCase()}`;
    const known = owners.get(key);
    if (known === undefined && owners.size >= MOST_OWNERS) return false;
    if (known === undefined) owners.set(key, { owner, first, count: files.length });
    else {
      known.count += files.length;
      known.first = Math.min(known.first, first);
    }
  }
  return true;
}

function inOrder(owners: ReadonlyMap<string, Counted>): readonly CodeOwner[] {
  return [...owners.values()]
    .toSorted((one, other) => other.count - one.count || one.first - other.first)
    .map(({ owner }) => owner);
}
