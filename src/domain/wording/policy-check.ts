/** What `holdpoint policy check` and `holdpoint policy schema` say. */
export const POLICY_CHECK_HELP = `holdpoint policy check FILE [--organisation FILE] [--json]

Says whether a policy file is right, and what it means. Reads nothing but the files named; asks nobody.

  --organisation FILE   the organisation's defaults that FILE is merged over
  --json                one JSON object (schema holdpoint.policy-check/1) instead of text

Exit code: 0 it is right, 1 it has problems (each as file:line:column path message), 2 a file could not be read.
`;

export const POLICY_SCHEMA_HELP = `holdpoint policy schema

Prints the JSON Schema (draft 2020-12) of .github/holdpoint.yml. An editor with the YAML language server uses it
after this first line of the file:

  # yaml-language-server: $schema=holdpoint.policy.schema.json
`;

export function oneFileWanted(): string {
  return "holdpoint: name one policy file, as in “holdpoint policy check .github/holdpoint.yml”. See --help.\n";
}

export function schemaTakesNothing(): string {
  return "holdpoint: “holdpoint policy schema” takes no arguments. See --help.\n";
}

export function policyFileUnreadable(file: string, code: string): string {
  const reason =
    {
      ENOENT: "there is no such file; check the path",
      EISDIR: "it is a folder; name the file in it",
      EACCES: "you may not read it; check its permissions",
    }[code] ?? `reading it failed (${code}); try again or check the path`;
  return `holdpoint: cannot read ${file}: ${reason}.\n`;
}

export function policyIsRight(file: string, meaning: readonly string[], notes: readonly string[]): string {
  return [
    `${file} is right. It means:`,
    ...meaning.map((line) => `  ${line}`),
    ...notes.map((note) => `Note: ${note}`),
    "",
  ].join("\n");
}

export function policyHasProblems(
  problems: readonly {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly path: string;
    readonly message: string;
  }[],
): string {
  const lines = problems.map(({ file, line, column, path, message }) =>
    [`${file}:${line}:${column}`, path, message].filter((part) => part !== "").join(" "),
  );
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return [
    ...lines,
    `${count}. A policy takes effect when it has none; until then the last good one stays.`,
    "",
  ].join("\n");
}
