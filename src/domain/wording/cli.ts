import { databaseAway } from "./database.ts";

/** What each command is for, in the overview. */
const SUMMARIES = {
  start: "run Holdpoint: webhooks, jobs, statuses",
  demo: "everything in the box, with a story to watch",
  check: "what would go out, and may it: of a local clone or a repository on GitHub",
  gate: "may this commit go to this environment now: asks a running Holdpoint",
  explain: "why: the verdict on a commit and environment, rule by rule, without acting",
  hindsight: "what Holdpoint would have done to a year of a local clone",
  "policy check": "is this policy file right, and what does it mean",
  "policy schema": "the JSON Schema of the policy file, for editors",
  "hook commit-msg": "a git hook: refuses a commit message without a ticket",
  "hook install": "installs that hook into a clone",
  queue: "jobs that wait, run or were parked; puts parked ones back",
  redeliver: "processes a stored webhook delivery again",
  "audit verify": "is the record of every change of state whole and unaltered",
  migrate: "brings the database's tables up to date and exits",
} as const;

export type CommandName = keyof typeof SUMMARIES;

/** What the command line says that belongs to no single command. */
export function usage(commands: readonly CommandName[]): string {
  return [
    "holdpoint: may this commit go to this environment now?",
    "",
    ...commandRows(commands),
    "",
    "Every command explains itself with --help and exits 0 for yes, 1 for no, 2 when it could not.",
    "",
  ].join("\n");
}

/** For a word that only begins the names of commands. */
export function groupUsage(commands: readonly CommandName[]): string {
  return [...commandRows(commands), "", "Each explains itself with --help.", ""].join("\n");
}

function commandRows(commands: readonly CommandName[]): readonly string[] {
  const width = Math.max(...commands.map((name) => name.length));
  return commands.map((name) => `  holdpoint ${name.padEnd(width)}  ${SUMMARIES[name]}`);
}

export function unknownCommand(name: string, near: string | null): string {
  const hint = near === null ? "" : ` Did you mean “holdpoint ${near}”?`;
  return `holdpoint: there is no command “${name}”.${hint} “holdpoint --help” lists them.\n`;
}

/** `detail` is Node's: its first sentence names the option, what follows is about something else. */
export function badOption(detail: string): string {
  const [first = detail] = detail.split(/\.(?:\s|$)|\n/);
  return `holdpoint: ${first}. See --help.\n`;
}

export function unexpectedFault(message: string): string {
  return `holdpoint: could not go on: ${message}\n`;
}

/** A fault that was expected: its own sentence where it has one, else what was being done. */
export function faultTold(fault: {
  readonly code: string;
  readonly doing: string;
  readonly detail: string;
}): string {
  const { code, doing } = fault;
  const detail = code === "database-unavailable" ? databaseAway(fault.detail) : fault.detail;
  return detail === ""
    ? `holdpoint: ${code} while ${doing}.\n`
    : `holdpoint: ${detail}${/[.!?]$/.test(detail) ? "" : "."} (${code}, while ${doing})\n`;
}
