import type { Effect } from "./effect.ts";

/** A status under one of our names, as GitHub tells of it. */
export interface ShownStatus {
  /** GitHub's number of it: a later status has a higher one. */
  readonly statusId: number;
  readonly state: string;
  readonly description: string;
}

/** What is known of the target that the status stands on. */
export interface WishedStatus {
  readonly desired: Effect;
  readonly revision: number;
  readonly doneRevision: number;
  /** The number of the status that we posted last. */
  readonly remoteId: number | null;
}

/**
 * `ours`       what Holdpoint wishes to stand there, or posted earlier
 * `in-flight`  another than is wished while ours is being posted: it may be an older one of ours, and is posted over
 * `forged`     posted over ours by somebody else
 * `unwished`   Holdpoint has said nothing of that commit under that name
 */
export type Whose = "ours" | "in-flight" | "forged" | "unwished";

/**
 * Whose status it is. The payload does not name the App that posted it, and anybody with write access can use our names,
 * so its content and its number decide: what says the same as we do harms nobody, and what is older than ours stands no more.
 */
export function whoseStatus(shown: ShownStatus, wished: WishedStatus | null): Whose {
  if (wished === null || wished.desired.kind !== "status") return "unwished";
  const { state, description } = wished.desired;
  if (shown.state === state && shown.description === description) return "ours";
  if (wished.remoteId !== null && shown.statusId <= wished.remoteId) return "ours";
  return wished.doneRevision < wished.revision ? "in-flight" : "forged";
}

/** The names that Holdpoint posts statuses under; GitHub takes them in any case of their letters. */
export function isOwnContext(context: string): boolean {
  return /^holdpoint\/(?:pre-deploy|tickets|gate(?: \(.+\))?)$/i.test(context);
}
