import { parseArgs, type ParseArgsOptionsConfig } from "node:util";

/** The first thing on a command line that cannot be meant, in one sentence; null: all of it can. */
export function findMistake(given: readonly string[], options: ParseArgsOptionsConfig): string | null {
  const { tokens } = parseArgs({
    args: [...given],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === "positional") return `"${token.value}" is no option: those begin with "--".`;
    if (token.kind !== "option") continue;
    const type = Object.hasOwn(options, token.name) ? options[token.name]?.type : undefined;
    if (type === undefined) return `There is no option ${token.rawName}; there are ${listed(options)}.`;
    if (type === "boolean" && token.value !== undefined) return `${token.rawName} takes no value.`;
    if (type === "string" && isMissing(token)) {
      return token.value === undefined
        ? `${token.rawName} takes a value.`
        : `${token.rawName} takes a value, and "${token.value}" is none.`;
    }
  }
  return null;
}

/** What begins with a dash is meant only where it stands behind an equals sign. */
function isMissing({
  value,
  inlineValue,
}: {
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}): boolean {
  return value === undefined || (inlineValue !== true && value.startsWith("-"));
}

function listed(options: ParseArgsOptionsConfig): string {
  return Object.keys(options)
    .map((name) => `--${name}`)
    .join(", ");
}
