import * as z from "zod";
import * as wording from "../domain/wording/policy.ts";
import { DURATION_PATTERN, parseDuration } from "../domain/duration.ts";
import { compileGlob, LONGEST_PATTERN } from "./glob.ts";
import { findHiddenCharacter } from "./hidden-character.ts";
import type { NameProblem } from "./name-problems.ts";

/**
 * The parts that the schema is made of. The message of a wrong type, format or choice is what was wanted: it
 * continues "… is not". Every other message is a sentence. `shape-problems` puts them together.
 */

/** What is said of a wrong type, and of a required value that is not there. */
function wantedOr(wanted: string, missing: string | undefined) {
  return (issue: { readonly input?: unknown }) =>
    issue.input === undefined && missing !== undefined ? missing : wanted;
}

/** A text of one line, not empty; `findProblem` looks at what passed so far. */
export function text(limit: number, findProblem: NameProblem = () => null, missing?: string) {
  return z
    .string({ error: wantedOr(wording.A_TEXT, missing) })
    .superRefine((value, context) => {
      const message = findTextProblem(value, limit) ?? findProblem(value);
      if (message !== null) context.addIssue({ code: "custom", message });
    })
    .meta({ minLength: 1, maxLength: limit });
}

function findTextProblem(value: string, limit: number): string | null {
  if (value === "") return wording.emptyText();
  if (value.length > limit) return wording.tooLong(value.length, limit);
  if (findHiddenCharacter(value) !== null) return wording.hiddenCharacter();
  return value === value.trim() ? null : wording.outerSpace(value);
}

/** A pattern of `glob`, compiled. */
export function pattern(findProblem?: NameProblem) {
  return text(LONGEST_PATTERN, findProblem).transform(compileGlob);
}

/** Milliseconds, at least and at most what is given in the same notation. */
export function duration(least: string, most: string) {
  return z
    .string({ error: wording.A_DURATION })
    .regex(DURATION_PATTERN, { error: wording.A_DURATION })
    .transform((value, context) => {
      const milliseconds = parseDuration(value) ?? 0;
      if (milliseconds < (parseDuration(least) ?? 0)) {
        context.addIssue({ code: "custom", message: wording.tooShort(value, least) });
      }
      if (milliseconds > (parseDuration(most) ?? 0)) {
        context.addIssue({ code: "custom", message: wording.durationTooLong(value, most) });
      }
      return milliseconds;
    });
}

export function wholeNumber(least: number, most: number) {
  const range = {
    error: (issue: { input?: unknown }) => wording.outOfRange(String(issue.input), least, most),
  };
  return z.int({ error: wording.A_WHOLE_NUMBER }).min(least, range).max(most, range);
}

export function flag() {
  return z.boolean({ error: wording.TRUE_OR_FALSE });
}

export function choice<const Value extends string>(
  what: string,
  values: readonly [Value, ...Value[]],
  missing?: string,
) {
  return z.enum(values, { error: wantedOr(wording.oneOf(what, values), missing) });
}

/** `empty` says what an empty list would mean where that cannot be wanted; else it is allowed, to take defaults away. */
export function list<Item extends z.ZodType>(item: Item, limit: number, empty?: string) {
  const items = z
    .array(item, { error: wording.A_LIST })
    .max(limit, { error: wording.tooManyItems(limit) })
    .meta({ uniqueItems: true });
  return empty === undefined ? items : items.min(1, { error: wording.emptyList(empty) });
}

/** A map of named keys; others are problems. */
export function section<Shape extends z.ZodRawShape>(
  shape: Shape,
  wanted: string = wording.A_MAP,
  missing?: string,
) {
  return z.strictObject(shape, { error: wantedOr(wanted, missing) });
}

/** A map whose keys are names of the user's own. */
export function mapOf<Value extends z.ZodType>(name: NameProblem, value: Value, limit: number) {
  return z
    .record(text(100, name), value, { error: wording.A_MAP })
    .superRefine((entries, context) => {
      if (Object.keys(entries).length > limit) {
        context.addIssue({ code: "custom", message: wording.tooManyEntries(limit) });
      }
    })
    .meta({ maxProperties: limit });
}
