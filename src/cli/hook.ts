import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { TicketPolicy } from "../domain/policy.ts";
import {
  commitMessageHookHelp,
  hookFileMissing,
  hookInstallHelp,
  policyNotUsed,
} from "../domain/wording/hook.ts";
import type { Command, CommandInput, ExitCode } from "./command.ts";
import { type Printed, errorCode, runCommitMessageHook } from "./commit-message-hook.ts";
import { installHook } from "./install-hook.ts";
import { readOptions } from "./read-options.ts";

/** Where the policy lies in the work tree that git runs the hook in. */
const POLICY_FILE = join(".github", "holdpoint.yml");

export const hookCommitMessage: Command = {
  help: commitMessageHookHelp(),
  async run(input) {
    const options = readOptions(input.arguments, { policy: { type: "string" } });
    if (!options.ok) return refuse(input, options.problem);
    const [file] = options.positionals;
    if (file === undefined) return refuse(input, hookFileMissing());
    const policy = await readTicketPolicy(input, options.values.policy ?? POLICY_FILE);
    return print(
      input,
      await runCommitMessageHook({
        file: resolve(input.folder, file),
        folder: input.folder,
        policy,
        environment: input.environment,
      }),
    );
  },
};

export const hookInstall: Command = {
  help: hookInstallHelp(),
  async run(input) {
    const options = readOptions(input.arguments, { git: { type: "string" } });
    if (!options.ok) return refuse(input, options.problem);
    const path = resolve(input.folder, options.values.git ?? ".");
    const command = [process.execPath, resolve(process.argv[1] ?? "")] as const;
    return print(input, await installHook({ path, command, environment: input.environment }));
  },
};

/**
 * The work tree's own policy, for its projects and exempt subjects. A broken one must not keep people from
 * committing its repair: it is named, and the message is judged without it.
 */
async function readTicketPolicy(input: CommandInput, name: string): Promise<TicketPolicy | null> {
  const text = await readIfThere(resolve(input.folder, name));
  if (text === null) return null;
  // Loaded only here: most commits are made where there is no policy, and should not wait for a YAML parser.
  const { parsePolicy } = await import("../policy/parse-policy.ts");
  const parsed = parsePolicy({ organisation: null, repository: text });
  if (parsed.policy === null) input.err(policyNotUsed(name));
  return parsed.policy?.tickets ?? null;
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error))) return null;
    throw error;
  }
}

function print(input: CommandInput, { exitCode, stdout, stderr }: Printed): ExitCode {
  if (stdout !== "") input.out(stdout);
  if (stderr !== "") input.err(stderr);
  return exitCode;
}

function refuse(input: CommandInput, problem: string): ExitCode {
  input.err(problem);
  return 2;
}
