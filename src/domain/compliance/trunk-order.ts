import type { CommitSha } from "../model.ts";
import type { TrunkCommit } from "./evidence.ts";

/** A run as far as its place among the others is concerned. */
export interface PlacedRun {
  readonly sha: CommitSha | null;
  readonly at: Date;
  /** Left out where they are not kept: then the time decides between runs of one commit. */
  readonly runId?: number;
  readonly sequence?: number;
}

/**
 * Whether one run comes after another in the order of the trunk: place, run, attempt; never arrival (J8). `unknown`: one of the
 * commits is not on the trunk as it was read, after a force-push or because the read lags behind.
 */
export function isAfter(
  one: PlacedRun,
  other: PlacedRun,
  chain: readonly TrunkCommit[],
): "yes" | "no" | "unknown" {
  if (one.sha === other.sha) return isLaterOnCommit(one, other) ? "yes" : "no";
  const place = chain.findIndex(({ sha }) => sha === one.sha);
  const otherPlace = chain.findIndex(({ sha }) => sha === other.sha);
  if (place < 0 || otherPlace < 0) return "unknown";
  // Newest first.
  return place < otherPlace ? "yes" : "no";
}

function isLaterOnCommit(one: PlacedRun, other: PlacedRun): boolean {
  const { runId, sequence } = one;
  if (runId === undefined || other.runId === undefined) return one.at.getTime() > other.at.getTime();
  if (runId !== other.runId) return runId > other.runId;
  return (sequence ?? 0) > (other.sequence ?? 0);
}
