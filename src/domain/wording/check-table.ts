import { counted, quoted, shortSha } from "./counted.ts";

/** What `holdpoint check` prints for people: headings and rows of its table. */
export function rangeLine(
  base: string,
  head: string,
  ahead: number,
  behind: number,
  relation: string,
): string {
  return `${shortSha(base)}..${shortSha(head)}  ${relation}: ${counted(ahead, "commit")} would go out, ${behind} would be lost`;
}
export function verdictLine(outcome: "pass" | "fail" | "unknown"): string {
  const words = {
    pass: "PASS: it may go out",
    fail: "FAIL: it must not go out like this",
    unknown: "UNKNOWN: could not verify",
  };
  return words[outcome];
}
export function skippedLine(rules: readonly string[]): string {
  return `not asked here: ${rules.join(", ")}`;
}
export function ticketsHeading(count: number): string {
  return counted(count, "ticket");
}
export function ticketRow(commits: number, reverted: boolean): string {
  return `${counted(commits, "commit")}${reverted ? ", all taken back" : ""}`;
}
export function unticketedHeading(count: number): string {
  return `${counted(count, "commit")} without ticket`;
}
export function revertsHeading(count: number): string {
  return counted(count, "revert");
}
export function revertRow(sha: string, reverts: string): string {
  return `${shortSha(sha)} takes back ${shortSha(reverts)}`;
}
export function exemptLine(count: number, reasons: readonly string[]): string {
  return `${counted(count, "commit")} ${count === 1 ? "needs" : "need"} no ticket: ${reasons.join(", ")}`;
}
export function mentionedLine(keys: readonly string[]): string {
  return `only mentioned: ${keys.join(", ")}`;
}
export function andMore(count: number): string {
  return `… and ${count} more; --json lists all`;
}

/** What a check of a local clone cannot know, said with its result. */
export function pullRequestsUnknown(): string {
  return "A local clone knows no pull requests: require: pull-request was treated as commit.";
}
export function authorsUnproven(): string {
  return "Exempt authors were compared with author names, which anybody can write: in a local clone they are unproven.";
}
export function countsAs(base: string, sha: string): string {
  return `${quoted(base)} has commits of its own, but its content is that of ${shortSha(sha)}, so it counts as being there.`;
}
export function prefixesObserved(): string {
  return "No list of projects was given: prefixes seen at least twice in places where tickets are named count as projects.";
}
