import type { Command } from "../../src/cli/command.ts";
import { ENVIRONMENT } from "../adapters/git/make-clone.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command as a script would: no terminal, none of this process's settings. */
export async function runCommand(
  command: Command,
  given: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  folder = "/nowhere",
): Promise<Ran> {
  let out = "";
  let err = "";
  const code = await command.run({
    arguments: given,
    environment: { ...ENVIRONMENT, ...environment },
    folder,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    terminal: { out: false, err: false, columns: 100 },
    signal: new AbortController().signal,
  });
  return { code, out, err };
}
