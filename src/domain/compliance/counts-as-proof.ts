import type { TrunkResult } from "./evidence.ts";

/** J8, for a check whose policy names no events, and for a case whose check the policy no longer names. */
export const DEFAULT_EVENTS: readonly string[] = ["push", "schedule", "merge_group"];

const OUR_CONTEXTS = "holdpoint/";

/**
 * Whether a run for that event says something of the trunk. A pull request's run never does, whatever a policy names: it
 * tests a merge that may never happen, or somebody's fork. `null`: the source has no events.
 */
export function isProvingEvent(event: string | null, events: readonly string[]): boolean {
  if (event === null) return true;
  return !event.startsWith("pull_request") && events.includes(event);
}

/** Holdpoint's own statuses say what it concluded, not what is so. */
export function isOwnStatus({ name, source }: Pick<TrunkResult, "name" | "source">): boolean {
  return source.kind === "status" && name.toLowerCase().startsWith(OUR_CONTEXTS);
}
