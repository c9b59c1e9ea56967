import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { FIXED_SETTINGS, gitEnvironment } from "./git-environment.ts";

/** A clone to ask: an absolute path without symbolic links, and the environment it was asked from. */
export interface Clone {
  readonly path: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal | null;
}

/** What git answered. `exitCode` is null where git could not be started, or was killed. */
export interface GitAnswer {
  readonly exitCode: number | null;
  /** Why it could not be started: `ENOENT` where there is no git. */
  readonly startError: string | null;
  readonly stderr: string;
}

const LONGEST_COMPLAINT = 8_000;

/**
 * Runs one git command in the clone, without a shell, and hands its output over as it comes. Never throws
 * for what git does: that is for the caller to judge.
 */
export async function runGit(
  clone: Clone,
  command: readonly string[],
  take: (chunk: Buffer) => void,
  input = "",
): Promise<GitAnswer> {
  return await new Promise((resolve) => {
    const child = spawn("git", ["--no-pager", ...FIXED_SETTINGS, "-C", clone.path, ...command], {
      env: gitEnvironment(clone.environment, dirname(clone.path)),
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
      ...(clone.signal === null ? {} : { signal: clone.signal }),
    });
    let stderr = "";
    let startError: string | null = null;
    child.stdout.on("data", take);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (stderr.length < LONGEST_COMPLAINT) stderr += text;
    });
    child.on("error", (error: NodeJS.ErrnoException) => {
      startError = error.code ?? error.message;
    });
    child.on("close", (exitCode) =>
      resolve({ exitCode: startError === null ? exitCode : null, startError, stderr }),
    );
    // Git may stop reading before everything is written; its exit code tells why.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/** Runs one git command and gathers its output as text. */
export async function askGit(
  clone: Clone,
  command: readonly string[],
  input = "",
): Promise<GitAnswer & { readonly stdout: string }> {
  const chunks: Buffer[] = [];
  const answer = await runGit(clone, command, (chunk) => chunks.push(chunk), input);
  return { ...answer, stdout: Buffer.concat(chunks).toString("utf8") };
}
