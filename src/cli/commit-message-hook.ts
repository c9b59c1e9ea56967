import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readCommentMark } from "../adapters/git/comment-mark.ts";
import type { TicketPolicy } from "../domain/policy.ts";
import { visibleText } from "../domain/escape/visible-text.ts";
import { judgeMessage } from "../domain/tickets/judge-message.ts";
import { stripComments } from "../domain/tickets/strip-comments.ts";
import { messageNotReadable, messageWithoutTicket } from "../domain/wording/hook.ts";
import { asError } from "../errors.ts";
import type { ExitCode } from "./command.ts";
import { WITHOUT_POLICY } from "./without-policy.ts";

/** What a command came to, for the command line to print. */
export interface Printed {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommitMessageHook {
  /** The file that git names: `.git/COMMIT_EDITMSG`. */
  readonly file: string;
  /** The folder that git runs the hook in. */
  readonly folder: string;
  /** null: none was given; any project counts. */
  readonly policy: Pick<TicketPolicy, "projects" | "require" | "exempt"> | null;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * `holdpoint hook commit-msg FILE`: 0 where the message carries a ticket or needs none, 1 where it does not,
 * 2 where it could not be read. The message decides, never the branch's name.
 */
export async function runCommitMessageHook(hook: CommitMessageHook): Promise<Printed> {
  const policy = hook.policy ?? WITHOUT_POLICY.tickets;
  const text = await readText(hook.file);
  if (!text.ok) return { exitCode: 2, stdout: "", stderr: messageNotReadable(hook.file, text.code) };
  const message = stripComments(text.text, await readCommentMark(hook.folder, hook.environment));
  const judgement = judgeMessage(message, policy);
  if (judgement.accepted || (await isMerging(hook.file))) return { exitCode: 0, stdout: "", stderr: "" };
  const subject = visibleText(message.split("\n", 1)[0] ?? "", 72);
  return {
    exitCode: 1,
    stdout: "",
    stderr: messageWithoutTicket(subject, judgement.seen, policy.projects, hook.file),
  };
}

async function readText(file: string): Promise<{ ok: true; text: string } | { ok: false; code: string }> {
  try {
    return { ok: true, text: await readFile(file, "utf8") };
  } catch (error) {
    return { ok: false, code: errorCode(error) };
  }
}

/** While a merge is committed, git keeps the merged commit's name beside the message. */
async function isMerging(file: string): Promise<boolean> {
  try {
    return (await stat(join(dirname(file), "MERGE_HEAD"))).isFile();
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

/** `ENOENT`, `EACCES`, …: what the operating system calls it. */
export function errorCode(error: unknown): string {
  const { message } = asError(error);
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : message;
}
