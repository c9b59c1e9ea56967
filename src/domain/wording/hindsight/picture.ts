import { counted, grouped, shortSha } from "../counted.ts";

/** What is written on the picture of a year. */
export function pictureTitle(name: string): string {
  return `What Holdpoint would have done: ${name}`;
}
export function pictureWindow(trunk: string, from: string, until: string, commits: number): string {
  return `${trunk}, ${from} to ${until}, ${grouped(commits)} ${commits === 1 ? "commit" : "commits"}`;
}
export function pictureRange(oldest: string, newest: string): string {
  return `${shortSha(oldest)} to ${shortSha(newest)}`;
}
export function pictureOfModel(seeds: number, seed: number | null): string {
  return seeds === 1
    ? `CI is modelled; one year is drawn, seed ${seed ?? 0}`
    : `CI is modelled; figures: median of ${seeds} drawn years, lowest and highest below; drawn here: seed ${seed ?? 0}, the year nearest to them`;
}
export function pictureOfRecords(results: number, file: string): string {
  return `CI as it was recorded: ${grouped(results)} ${results === 1 ? "result" : "results"} of ${file}`;
}
export const TILES = {
  issues: "issues opened",
  flaky: "of them for a flaky run",
  halts: "issues that halted deploys",
  halted: "deploys halted",
  haltDays: "days with commits and a halt",
} as const;
export function rangeText(lowest: string, highest: string): string {
  return lowest === highest ? "" : `${lowest} to ${highest}`;
}
export function activityLabel(days: number): string {
  return days === 7 ? "commits a week" : days === 1 ? "commits a day" : `commits in ${days} days`;
}
export function mostText(most: string): string {
  return `most: ${most}`;
}
export function deploysLabel(): string {
  return "deploys";
}
export function moreLanes(count: number): string {
  return `and ${counted(count, "more check")}; --json has all`;
}
export const LEGEND = {
  broken: "broken",
  flaky: "flaky red run",
  issue: "issue open",
  open: "deploys open",
  halt: "deploys halted",
} as const;
export function spanText(what: string, from: string, hours: string): string {
  return `${what}, ${from}, ${hours}`;
}
export function pictureComparison(): string {
  return "Other policies";
}
export const BARS = {
  halted: "deploys halted",
  issues: "issues",
  halts: "halts",
  untold: "broken, nobody told",
  letOut: "broken, deploys open",
} as const;
export function pictureDescription(issues: string, halts: string, halted: string): string {
  return `Issues opened: ${issues}. Issues that halted deploys: ${halts}. Deploys halted: ${halted}.`;
}
export function pictureModel(model: {
  readonly checks: number;
  readonly breakage: string;
  readonly median: string;
  readonly slow: string;
  readonly flakes: string;
  readonly run: string;
  readonly reverts: number;
}): string {
  return `Model: ${counted(model.checks, "check")} on every commit, ${model.run} each; a commit breaks one with ${model.breakage}; half of the repairs take more than ${model.median}, one in ten more than ${model.slow}; ${model.flakes} of the runs are flaky; ${counted(model.reverts, "real revert")} ${model.reverts === 1 ? "counts" : "count"} as broken. Nobody hurries because of a warning, and nobody overrides.`;
}
export function pictureRecords(): string {
  return "People did what they did without Holdpoint. A red result that a further attempt on the same commit turned green counts as flaky.";
}
export function pictureCaution(): string {
  return "These are results of a model, not of measured CI.";
}
