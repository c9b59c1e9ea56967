import { type CodeOwnersPattern, compileCodeOwnersPattern } from "./code-owners-pattern.ts";

/** A person's login, a team as `org/slug`, or an e-mail address. */
export interface CodeOwner {
  readonly kind: "person" | "team" | "email";
  readonly name: string;
}

const PERSON = /^@([A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)$/;
const TEAM = /^@([A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?\/[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)$/;
const EMAIL = /^[^\s@]+@[^\s@.]+\.[^\s@]+$/;
/** Parted by white space that no backslash escapes. */
const WORDS = /(?:\\[ \t]|\S)+/g;

/** What a line says which files; null: nothing, or nothing that GitHub would take. */
export function parseOwnersPattern(line: string): CodeOwnersPattern | null {
  const [first] = wordsOf(line, 1);
  return first === undefined ? null : compileCodeOwnersPattern(first);
}

/** Whom a line names, maybe nobody; null: GitHub would not take it. */
export function parseOwners(line: string): readonly CodeOwner[] | null {
  const owners = wordsOf(line).slice(1).map(parseOwner);
  const known = owners.filter((owner) => owner !== null);
  return known.length === owners.length ? known : null;
}

/** Up to a `#` that begins a word. */
function wordsOf(line: string, most = Number.POSITIVE_INFINITY): readonly string[] {
  const words: string[] = [];
  for (const [written] of line.matchAll(WORDS)) {
    if (written.startsWith("#") || words.length >= most) break;
    words.push(written.replaceAll(/\\([ \t])/g, "$1"));
  }
  return words;
}

function parseOwner(written: string): CodeOwner | null {
  const team = TEAM.exec(written)?.[1];
  if (team !== undefined) return { kind: "team", name: team };
  const person = PERSON.exec(written)?.[1];
  if (person !== undefined) return { kind: "person", name: person };
  return EMAIL.test(written) ? { kind: "email", name: written } : null;
}
