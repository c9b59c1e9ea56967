import type { Command } from "../../domain/commands.ts";
import { answerToCommand, noUsablePolicy } from "../../domain/wording/commands.ts";
import { acceptPolicy } from "./accept-policy.ts";
import {
  type Asked,
  type AskedInComment,
  type AskedUnderPolicy,
  type CommandResult,
  recordOf,
  refused,
} from "./asked.ts";
import { check } from "./check.ts";
import { extend } from "./extend.ts";
import { halt } from "./halt.ts";
import { override } from "./override.ts";
import { resolve } from "./resolve.ts";
import { resume } from "./resume.ts";
import { rollback } from "./rollback.ts";
import { status } from "./status.ts";

/** What changes something: by a comment or in the cockpit. */
type Decree = Exclude<Command, { readonly kind: "status" | "help" | "check" | "refused" }>;

/** One file for each command; what was not understood is told what to write instead. */
export async function obey(asked: AskedInComment, command: Command): Promise<CommandResult> {
  switch (command.kind) {
    case "status": {
      const { policyState } = asked.ground;
      if (policyState.state === "none") return refused(asked, "status", "no-policy", noUsablePolicy());
      return await status(asked, policyState);
    }
    case "check":
      return await check(asked);
    case "help":
      return { answer: answerToCommand(command), record: null };
    case "refused": {
      const { problem: because } = command;
      const record = recordOf(asked, "command-refused", { command: command.command, because });
      return { answer: answerToCommand(command), record };
    }
    case "override":
    case "extend":
    case "resolve":
    case "halt":
    case "resume":
    case "rollback":
    case "accept-policy":
      return await decree(asked, command);
  }
}

/** Whoever gives it may do so under the policy that open cases and halts stand on; without one nobody knows who may. */
export async function decree(asked: Asked, command: Decree): Promise<CommandResult> {
  const { standing: policy } = asked.ground;
  if (policy === null) return refused(asked, command.kind, "no-policy", noUsablePolicy());
  return await obeyUnderPolicy({ ...asked, policy }, command);
}

async function obeyUnderPolicy(asked: AskedUnderPolicy, command: Decree): Promise<CommandResult> {
  switch (command.kind) {
    case "override":
      return await override(asked, command);
    case "extend":
      return await extend(asked, command);
    case "resolve":
      return await resolve(asked, command);
    case "resume":
      return await resume(asked, command);
    case "halt":
      return await halt(asked, command);
    case "rollback":
      return await rollback(asked, command);
    case "accept-policy":
      return await acceptPolicy(asked);
  }
}
