import { commandLines } from "./command-lines.ts";
import { parseDuration } from "./duration.ts";
import { cutCodePoints } from "./escape/visible-text.ts";

/** What somebody told Holdpoint in a comment. Durations are milliseconds; names are as they were written. */
export type Command =
  | { readonly kind: "status" }
  | { readonly kind: "help" }
  | { readonly kind: "check" }
  | { readonly kind: "accept-policy" }
  | {
      readonly kind: "override";
      /** null: all that holds here. */
      readonly check: string | null;
      readonly duration: number;
      readonly environment: string | null;
      readonly because: string;
    }
  | { readonly kind: "extend"; readonly duration: number; readonly because: string }
  | { readonly kind: "resolve"; readonly because: string }
  | { readonly kind: "resume"; readonly because: string }
  | { readonly kind: "halt"; readonly environment: string | null; readonly because: string }
  | {
      readonly kind: "rollback";
      /** 7 to 64 hex digits, lower case. */
      readonly sha: string;
      readonly environment: string | null;
      readonly because: string;
    }
  | Refusal;

/** A command that was meant for Holdpoint and cannot be obeyed; `word` is what was not understood. */
export interface Refusal {
  readonly kind: "refused";
  readonly problem:
    | "unknown-command"
    | "too-many-words"
    | "no-duration"
    | "no-sha"
    | "no-environment"
    | "no-reason"
    | "several-commands";
  readonly command: string;
  readonly word: string;
}

const REASON_LENGTH = 500;

/** The one command of a comment, or null where it holds none. Two commands in one comment are refused. */
export function parseCommand(body: string): Command | null {
  const [line, second] = commandLines(body);
  if (line === undefined) return null;
  if (second !== undefined) return refused("several-commands", "", second);
  const [, ...words] = line.split(/[ \t]+/).filter((word) => word !== "");
  const because = words.findIndex((word) => word.toLowerCase() === "because");
  const said = because === -1 ? words : words.slice(0, because);
  const reason = because === -1 ? "" : words.slice(because + 1).join(" ");
  const [name = "help", ...rest] = said;
  return parseNamed(name.toLowerCase(), rest, cutCodePoints(reason, REASON_LENGTH));
}

function parseNamed(command: string, words: readonly string[], because: string): Command {
  switch (command) {
    case "help":
    case "status":
    case "check":
    case "accept-policy":
      return words[0] === undefined ? { kind: command } : refused("too-many-words", command, words[0]);
    case "resolve":
    case "resume":
      if (words[0] !== undefined) return refused("too-many-words", command, words[0]);
      return because === "" ? refused("no-reason", command, "") : { kind: command, because };
    case "extend":
      return parseExtend(words, because);
    case "halt":
      return parseHalt(words, because);
    case "override":
      return parseOverride(words, because);
    case "rollback":
      return parseRollback(words, because);
    default:
      return refused("unknown-command", command, command);
  }
}

/** `[ENV]`; the other commands write `in ENV`, so that is understood too. */
function parseHalt(words: readonly string[], because: string): Command {
  const isPlaced = words.length > 1 && words[0]?.toLowerCase() === "in";
  const [environment, more] = isPlaced ? words.slice(1) : words;
  if (more !== undefined) return refused("too-many-words", "halt", more);
  if (because === "") return refused("no-reason", "halt", "");
  return { kind: "halt", environment: environment ?? null, because };
}

function parseExtend([word = "", more]: readonly string[], because: string): Command {
  const duration = readDuration(word);
  if (duration === null) return refused("no-duration", "extend", word);
  if (more !== undefined) return refused("too-many-words", "extend", more);
  return because === "" ? refused("no-reason", "extend", "") : { kind: "extend", duration, because };
}

/** `[CHECK] 24h [in ENV]`: a check's name may have several words, all that stand before the duration. */
function parseOverride(words: readonly string[], because: string): Command {
  const at = words.findIndex((word) => readDuration(word) !== null);
  const duration = readDuration(words[at] ?? "");
  if (duration === null) return refused("no-duration", "override", words.at(-1) ?? "");
  const check = unquote(words.slice(0, at).join(" "));
  const place = parsePlace("override", words.slice(at + 1));
  if (typeof place === "object" && place !== null) return place;
  if (because === "") return refused("no-reason", "override", "");
  return { kind: "override", check: check === "" ? null : check, duration, environment: place, because };
}

function parseRollback([word = "", ...rest]: readonly string[], because: string): Command {
  const sha = word.toLowerCase();
  if (!/^[0-9a-f]{7,64}$/.test(sha)) return refused("no-sha", "rollback", word);
  const place = parsePlace("rollback", rest);
  if (typeof place === "object" && place !== null) return place;
  return because === ""
    ? refused("no-reason", "rollback", "")
    : { kind: "rollback", sha, environment: place, because };
}

/** `in ENV`, or nothing: then null. */
function parsePlace(command: string, [word, environment, more]: readonly string[]): string | null | Refusal {
  if (word === undefined) return null;
  if (word.toLowerCase() !== "in") return refused("too-many-words", command, word);
  if (environment === undefined) return refused("no-environment", command, word);
  return more === undefined ? environment : refused("too-many-words", command, more);
}

/** Nothing lasts no time at all: `0h` is no duration here. */
function readDuration(word: string): number | null {
  return parseDuration(word) || null;
}

function unquote(name: string): string {
  return /^(["'“]).*["'”]$/.test(name) ? name.slice(1, -1).trim() : name;
}

function refused(problem: Refusal["problem"], command: string, word: string): Refusal {
  return { kind: "refused", problem, command, word };
}
