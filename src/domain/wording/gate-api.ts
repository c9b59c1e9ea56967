import { listed } from "./counted.ts";

/** What a program that asks the gate is told, and its operator reads. */
export function tokenWanted(): string {
  return "Send “Authorization: Bearer” and a token that HOLDPOINT_API_TOKENS of this Holdpoint names.";
}

/** The same for what is not there and for what the token may not ask about. */
export function noSuchRepository(): string {
  return "There is no such repository, or this token may not ask about it.";
}

export function parameterUnknown(known: readonly string[]): string {
  return `There is a parameter that the gate does not know; it knows ${listed(known)}.`;
}

export function parameterTwice(name: string): string {
  return `The parameter ${name} stands there twice.`;
}

export function environmentMissing(): string {
  return "Say where the commit is to go: environment=production.";
}

export function environmentImpossible(limit: number): string {
  return `No environment has such a name: it has at most ${limit} characters, none of them a control character.`;
}

export function shaMissing(): string {
  return "Say which commit is to go out: sha= and its whole name.";
}

export function shaNotWhole(): string {
  return "The sha must be whole: all 40 hex digits (64 in a SHA-256 repository), not a shortened one and not a branch.";
}

export function intentUnknown(): string {
  return "The intent is deploy, which may be left out, or rollback.";
}

export function methodNotAllowed(): string {
  return "The gate is asked with GET.";
}

export function askedTooOften(seconds: number): string {
  return `Too much was asked that had to be looked up, or too much failed. Ask again in ${seconds} s.`;
}

export function couldNotAnswer(): string {
  return "Holdpoint could not look that up at this moment. Ask again; until then the gate is not open.";
}

/** For Slack; everything is safe already. `tool` is the name of its token. */
export function toolRollsBack(given: {
  readonly tool: string;
  readonly sha: string;
  readonly environment: string;
  readonly past: readonly string[];
}): string {
  return `The tool ${given.tool} rolls ${given.environment} back to ${given.sha}, in spite of: ${listed(given.past)}`;
}
