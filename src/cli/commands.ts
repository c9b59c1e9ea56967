import type { CommandName } from "../domain/wording/cli.ts";
import type { Command } from "./command.ts";

/** A command that can be asked for; its code is loaded then. */
export interface ListedCommand {
  readonly name: CommandName;
  readonly load: () => Promise<Command>;
}

/** Longer names stand before shorter ones that begin the same way. */
export const COMMANDS: readonly ListedCommand[] = [
  {
    name: "start",
    load: async () => (await import("./start.ts")).start,
  },
  {
    name: "demo",
    load: async () => (await import("./demo.ts")).demo,
  },
  {
    name: "check",
    load: async () => (await import("./check.ts")).check,
  },
  {
    name: "gate",
    load: async () => (await import("./gate.ts")).gate,
  },
  {
    name: "explain",
    load: async () => (await import("./explain.ts")).explain,
  },
  {
    name: "hindsight",
    load: async () => (await import("./hindsight.ts")).hindsight,
  },
  {
    name: "policy check",
    load: async () => (await import("./policy-check.ts")).policyCheck,
  },
  {
    name: "policy schema",
    load: async () => (await import("./policy-check.ts")).policySchema,
  },
  {
    name: "hook commit-msg",
    load: async () => (await import("./hook.ts")).hookCommitMessage,
  },
  {
    name: "hook install",
    load: async () => (await import("./hook.ts")).hookInstall,
  },
  {
    name: "queue",
    load: async () => (await import("./queue.ts")).queue,
  },
  {
    name: "redeliver",
    load: async () => (await import("./redeliver.ts")).redeliver,
  },
  {
    name: "audit verify",
    load: async () => (await import("./audit.ts")).auditVerify,
  },
  {
    name: "migrate",
    load: async () => (await import("./migrate.ts")).migrate,
  },
];

/** The commands that begin with a word that is none by itself: `policy` of `policy check`. */
export function commandsUnder(word: string): readonly CommandName[] {
  return COMMANDS.map(({ name }) => name).filter((name) => name.startsWith(`${word} `));
}

/** The command that was probably meant: at most two letters away. */
export function nearestCommand(name: string): string | null {
  return COMMANDS.find((known) => distance(known.name, name) <= 2)?.name ?? null;
}

/** Letters to add, drop or change; command names are short, so the plain table will do. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const kept = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(kept, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
