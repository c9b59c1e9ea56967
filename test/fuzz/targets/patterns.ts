import * as fc from "fast-check";
import { compileGlob, LONGEST_PATTERN } from "../../../src/policy/glob.ts";
import { assembled, mutated } from "../mutate.ts";
import { createTarget } from "../target.ts";

const PATTERNS = [
  "build *",
  "unit (*)",
  "ci/*",
  "**",
  "*a*b*c*",
  "(a+)+$",
  "a{1,100000}",
  "[[:alpha:]",
  "(?<=a)b",
  "(a)\\1",
  "\\Q*\\E",
  "\\E*\\Q",
  "ü*",
  "*".repeat(200),
  "a*".repeat(100),
  `*${"a".repeat(197)}b*`,
];
const PIECES = [
  "a",
  "b",
  "ab",
  "*",
  "**",
  "/",
  "\\",
  "\\E",
  "\\Q",
  "(",
  ")",
  "[",
  "]",
  "{1,9}",
  "+",
  "?",
  "|",
  "^",
  "$",
  "ß",
  "😀",
  "\n",
];
/** The longest name of a check that GitHub keeps is far shorter. */
const NAME = { limit: 10_000, grownOneIn: 60 };

const given = fc.oneof(
  fc.record({
    pattern: fc.oneof(
      mutated(PATTERNS, { limit: LONGEST_PATTERN }),
      assembled(PIECES, { limit: LONGEST_PATTERN }),
    ),
    name: fc.oneof(mutated(PATTERNS, NAME), assembled(PIECES, NAME)),
  }),
  // A name that fits: the stars of a pattern replaced by texts.
  fc
    .tuple(assembled(PIECES, { limit: LONGEST_PATTERN }), assembled(PIECES, { limit: 100 }))
    .map(([pattern, between]) => ({ pattern, name: pattern.replaceAll("*", () => between) })),
);

/** Whether a name fits, by trying each star at one length after the other: no engine, and no pattern language. */
function fits(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

export const patterns = createTarget({
  name: "patterns",
  claim: "globs up to 200 characters against names up to 10,000: RE2 answers what trying says",
  inputs: given,
  act: ({ pattern, name }) => compileGlob(pattern).matches(name),
  judge({ pattern, name }, answer) {
    // Half a character has no form that the engine could compare.
    if (!pattern.isWellFormed() || !name.isWellFormed()) return null;
    return answer === fits(pattern, name) ? null : `it says ${String(answer)}`;
  },
});
