import type { Effect } from "../effect.ts";
import { effectTarget } from "../effect.ts";

type Status = Extract<Effect, { kind: "status" }>;

export interface ShownStatus {
  readonly status: Status;
  /** Of a head, not of a commit below one. */
  readonly current: boolean;
}

/** How often a status' words may change; GitHub takes 1,000 statuses for one commit and context, and people fewer. */
const MOST_REWORDINGS = 15;

/**
 * Statuses that are worth a call. A current head says the newest reasons; an earlier commit, which hardly anybody reads, is
 * only flipped. What is not said yet is always said, and so is another colour.
 */
export function worthPosting(
  statuses: readonly ShownStatus[],
  shown: ReadonlyMap<string, { readonly state: string; readonly revision: number }>,
): readonly Status[] {
  return statuses
    .filter(({ status, current }) => {
      const before = shown.get(effectTarget(status));
      if (before === undefined || before.state !== status.state) return true;
      return current && before.revision < MOST_REWORDINGS;
    })
    .map(({ status }) => status);
}
