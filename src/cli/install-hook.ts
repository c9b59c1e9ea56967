import { lstat, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findHooksFolder } from "../adapters/git/find-hooks-folder.ts";
import {
  foreignHook,
  hookHeader,
  hookInstalled,
  hookNotWritten,
  hookUpdated,
} from "../domain/wording/hook.ts";
import { explainGitRefusal } from "./git-refusal.ts";
import { type Printed, errorCode } from "./commit-message-hook.ts";

export interface HookInstallation {
  /** The clone. */
  readonly path: string;
  /** The program and the script that run now: the hook calls the same ones, or `holdpoint` from the PATH where they are gone. */
  readonly command: readonly [program: string, script: string];
  readonly environment: NodeJS.ProcessEnv;
}

/** `holdpoint hook install`: writes an executable commit-msg hook where git looks for it, never over somebody else's. */
export async function installHook({ path, command, environment }: HookInstallation): Promise<Printed> {
  const hooks = await findHooksFolder(path, environment);
  if (!hooks.ok) return { exitCode: 2, stdout: "", stderr: `${explainGitRefusal(hooks.refusal)}\n` };
  const file = join(hooks.folder, "commit-msg");
  try {
    const there = await whatIsThere(file);
    if (there === "foreign") return { exitCode: 1, stdout: "", stderr: foreignHook(file) };
    await mkdir(hooks.folder, { recursive: true });
    const text = hookText(command);
    if (there === "nothing") await writeFile(file, text, { mode: 0o755, flag: "wx" });
    else await replace(file, text);
    return { exitCode: 0, stdout: there === "nothing" ? hookInstalled(file) : hookUpdated(file), stderr: "" };
  } catch (error) {
    // Somebody else's hook may have appeared in between.
    if (errorCode(error) === "EEXIST") return { exitCode: 1, stdout: "", stderr: foreignHook(file) };
    return { exitCode: 2, stdout: "", stderr: hookNotWritten(file, errorCode(error)) };
  }
}

/** A link is never ours: it may lead to a file that other clones share. */
async function whatIsThere(file: string): Promise<"nothing" | "ours" | "foreign"> {
  try {
    if (!(await lstat(file)).isFile()) return "foreign";
    const lines = (await readFile(file, "utf8")).split("\n");
    return lines[1] === hookHeader()[1] ? "ours" : "foreign";
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "nothing";
    throw error;
  }
}

/** Whole or not at all: git may run it at any moment. */
async function replace(file: string, text: string): Promise<void> {
  const written = `${file}.new`;
  await writeFile(written, text, { mode: 0o755 });
  await rename(written, file);
}

function hookText([program, script]: readonly [string, string]): string {
  const [node, holdpoint] = [program, script].map(quoteForShell);
  return [
    ...hookHeader(),
    `if [ -x ${node} ] && [ -f ${holdpoint} ]; then`,
    `  exec ${node} ${holdpoint} hook commit-msg "$1"`,
    "fi",
    'exec holdpoint hook commit-msg "$1"',
    "",
  ].join("\n");
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
