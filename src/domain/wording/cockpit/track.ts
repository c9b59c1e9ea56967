import type { TrackCommit } from "../../compliance/shown-track.ts";
import { counted, listed } from "../counted.ts";

/** What a check said on the commits of the trunk: the picture, and the same as a table. */

export function streakTitle(): string {
  return "The streak on the trunk";
}
export function oldestLeft(): string {
  return "oldest first";
}
export function noTrack(): string {
  return "The trunk was not read yet since it opened; the picture appears here by itself.";
}
export function resultWord(result: TrackCommit["result"]): string {
  switch (result) {
    case "green":
      return "Green";
    case "red":
      return "Red";
    case "running":
      return "Running";
    case "none":
      return "No result";
  }
}
/** The picture in a sentence: `14 commits, oldest first: 4 green, 2 red, 1 without a result, 4 red`. */
export function trackSummary(
  commits: number,
  stretches: readonly { readonly result: TrackCommit["result"]; readonly count: number }[],
): string {
  const parts = stretches.map(({ result, count }) => `${count} ${STRETCH[result]}`);
  return `${counted(commits, "commit")}, oldest first: ${listed(parts, 12)}`;
}
const STRETCH: Readonly<Record<TrackCommit["result"], string>> = {
  green: "green",
  red: "red",
  running: "running",
  none: "without a result",
};
export function cellLabel(sha: string, result: TrackCommit["result"], subject: string): string {
  return `${sha} ${resultWord(result)}: ${subject}`;
}
export function leftOut(count: number): string {
  return `${counted(count, "commit")} left out`;
}
export function asTable(): string {
  return "The same as a table";
}
export function tableHeads(): readonly [string, string, string, string] {
  return ["Commit", "Result", "When", "Run"];
}
export function openRun(): string {
  return "Open the run";
}
export function firstRedMark(): string {
  return "first red";
}
export function lastGreenMark(): string {
  return "last green";
}
