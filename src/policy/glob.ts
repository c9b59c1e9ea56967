import { RE2JS } from "re2js";
import type { NameMatcher } from "../domain/policy.ts";

/** Longer patterns are refused: matching costs at most so many steps per character of the name. */
export const LONGEST_PATTERN = 200;

/**
 * A pattern for a whole name: `*` stands for any characters, none and `/` included; everything else,
 * `? ( ) [ ] { } \` too, stands for itself. Case matters. Runs on RE2, whose time grows linearly with the name
 * whatever the pattern; a person's text never becomes a JavaScript regular expression.
 */
export function compileGlob(pattern: string): NameMatcher {
  const expression = pattern
    .split("*")
    .map((piece) => RE2JS.quote(piece))
    .join(".*");
  const compiled = RE2JS.compile(expression, RE2JS.DOTALL);
  return { pattern, matches: (name) => compiled.matches(name) };
}
