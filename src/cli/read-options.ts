import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { badOption } from "../domain/wording/cli.ts";
import { asError } from "../errors.ts";

/** What was given on the command line, or the sentence that says what is wrong with it. */
export type Options<Values> =
  | { readonly ok: true; readonly values: Values; readonly positionals: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/** Reads options strictly: an unknown or incomplete one is named, never guessed. */
export function readOptions<const Config extends ParseArgsOptionsConfig>(
  given: readonly string[],
  options: Config,
): Options<
  ReturnType<typeof parseArgs<{ options: Config; allowPositionals: true; strict: true }>>["values"]
> {
  try {
    const { values, positionals } = parseArgs({
      args: [...given],
      options,
      allowPositionals: true,
      strict: true,
    });
    return { ok: true, values, positionals };
  } catch (error) {
    return { ok: false, problem: badOption(asError(error).message) };
  }
}
