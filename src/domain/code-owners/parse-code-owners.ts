import { type CodeOwnersPattern, compileCodeOwnersPattern } from "./code-owners-pattern.ts";

/** A person's login, a team as `org/slug`, or an e-mail address. */
export interface CodeOwner {
  readonly kind: "person" | "team" | "email";
  readonly name: string;
}

/** One line that says something. Without owners it takes away what lines above it gave. */
export interface CodeOwnersRule {
  readonly pattern: CodeOwnersPattern;
  readonly owners: readonly CodeOwner[];
}

const PERSON = /^@([A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)$/;
const TEAM = /^@([A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?\/[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The rules in the order of the file. A line that GitHub would not take is skipped, and the others still count. */
export function parseCodeOwners(text: string): readonly CodeOwnersRule[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    const rule = parseLine(line);
    return rule === null ? [] : [rule];
  });
}

function parseLine(line: string): CodeOwnersRule | null {
  const words = wordsOf(line);
  const [first, ...names] = words;
  if (first === undefined) return null;
  const pattern = compileCodeOwnersPattern(first);
  if (pattern === null) return null;
  const owners = names.map(parseOwner);
  const known = owners.filter((owner) => owner !== null);
  return known.length === owners.length ? { pattern, owners: known } : null;
}

/** Parted by white space that no backslash escapes, up to a `#` that begins a word. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  for (const [written] of line.matchAll(/(?:\\[ \t]|\S)+/g)) {
    if (written.startsWith("#")) break;
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
