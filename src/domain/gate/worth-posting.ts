import type { Effect } from "../effect.ts";
import { effectTarget } from "../effect.ts";

type Status = Extract<Effect, { kind: "status" }>;

/** How often a status' words may change; GitHub takes 1,000 statuses for one commit and context, and people fewer. */
const MOST_REWORDINGS = 15;

/**
 * Statuses that are worth a call. A current head says the newest reasons; an earlier commit, which hardly anybody reads, is
 * only flipped. What is not said yet is always said, and so is another colour.
 */
export function worthPosting(
  statuses: readonly (Status & { readonly current: boolean })[],
  shown: ReadonlyMap<string, { readonly state: string; readonly revision: number }>,
): readonly Status[] {
  return statuses
    .filter((status) => {
      const before = shown.get(effectTarget(status));
      if (before === undefined || before.state !== status.state) return true;
      return status.current && before.revision < MOST_REWORDINGS;
    })
    .map(({ current: _, ...status }) => status);
}
