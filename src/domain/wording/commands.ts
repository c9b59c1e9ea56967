import type { Command } from "../commands.ts";
import { markdownCode } from "../escape/markdown-code.ts";

/** What Holdpoint answers to comments, in Markdown; words by strangers stand in code. */
function commandHelp(): string {
  return [
    "Holdpoint understands, alone at the start of a line, outside quotations and code:",
    "",
    "- `/holdpoint check`: read everything again and decide again (write access)",
    "- `/holdpoint status`: what the answer is, and why",
    "- `/holdpoint help`: this",
  ].join("\n");
}
export function checkAsked(): string {
  return "Looking again; the statuses follow in a moment.";
}
export function checkNeedsWriteAccess(): string {
  return "Looking again needs write access to this repository. Ask somebody who has it to comment `/holdpoint check`.";
}
/** `commit`, `at` and `environment` are code already; the environment is null at a pull request. */
export function statusOf(commit: string, at: string, environment: string | null): string {
  return `${commit}${environment === null ? "" : ` to ${environment}`}, looked at ${at}.`;
}
export function wholeReportThere(): string {
  return "The whole report is that commit's check run `Holdpoint`; `/holdpoint check` reads everything again.";
}
export function notJudgedYet(): string {
  return "Nothing was judged here yet; `/holdpoint check` asks for it.";
}
export function nothingJudgedHere(onPullRequest: boolean): string {
  return onPullRequest
    ? "The policy asks pull requests for no tickets, so none is judged here."
    : "The policy names no environment, so no deploy is judged.";
}

/** The answer to a command as it was understood; a refused one is told what to write instead. */
export function answerToCommand(command: Exclude<Command, { readonly kind: "status" }>): string {
  switch (command.kind) {
    case "help":
      return commandHelp();
    case "check":
      return checkAsked();
    case "refused":
      return commandRefused(command);
    case "accept-policy":
    case "extend":
    case "halt":
    case "override":
    case "resolve":
    case "resume":
    case "rollback":
      return `${markdownCode(`/holdpoint ${command.kind}`)} is not available in this version of Holdpoint. \`/holdpoint help\` lists what is.`;
  }
}

function commandRefused({ problem, command, word }: Extract<Command, { kind: "refused" }>): string {
  const meant = markdownCode(`/holdpoint ${command}`, 60);
  const seen = markdownCode(word, 60);
  switch (problem) {
    case "unknown-command":
      return `Holdpoint knows no command ${seen}. \`/holdpoint help\` lists them.`;
    case "too-many-words":
      return `${meant} does not understand ${seen}. \`/holdpoint help\` shows how it is written.`;
    case "no-duration":
      return `${meant} needs a duration, such as \`30m\`, \`24h\` or \`3d\`${word === "" ? "" : `; ${seen} is none`}.`;
    case "no-sha":
      return `${meant} needs the commit to go back to, at least 7 hex digits${word === "" ? "" : `; ${seen} is none`}.`;
    case "no-environment":
      return `${meant} needs the environment's name after \`in\`.`;
    case "no-reason":
      return `${meant} needs a reason: end the line with \`because …\`.`;
    case "several-commands":
      return "One command in each comment, please: nothing was done.";
  }
}
