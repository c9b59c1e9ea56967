import type { CommitSha } from "../model.ts";
import type { TrunkEvidence, TrunkResult } from "./evidence.ts";
import { weighResult } from "./weigh-result.ts";

/** A red run that an event told of. */
export interface HeardRed {
  readonly sha: CommitSha;
  readonly heardAt: Date;
}

/** What a read does not show is looked for this long, in milliseconds: a run that was tried again meanwhile never comes. */
const LOOKED_FOR = 3 * 60_000;
const FIRST_PAUSE = 10_000;

/** Whether GitHub's word for an end is red as it stands. */
export function isRedWord(said: string): boolean {
  const never = new Date(0);
  return weighResult({ said, at: never }, { at: never, hour: 1 }) === "red";
}

export interface HeardAnswer {
  /** Shown, or looked for long enough. */
  readonly settled: readonly HeardRed[];
  /** When to look again for the others; null: there are none. */
  readonly lookAt: Date | null;
}

/** Which of the red runs that were told of a read shows. The pauses between looks grow with what was waited already. */
export function settleHeard(
  heard: readonly HeardRed[],
  { results }: Pick<TrunkEvidence, "results">,
  at: Date,
): HeardAnswer {
  const shown = new Set(results.filter(isRed).map(({ sha }) => sha));
  const waitedFor = ({ heardAt }: HeardRed): number => at.getTime() - heardAt.getTime();
  const settled = heard.filter((one) => shown.has(one.sha) || waitedFor(one) >= LOOKED_FOR);
  const pauses = heard
    .filter((one) => !settled.includes(one))
    .map((one) => Math.max(FIRST_PAUSE, waitedFor(one)));
  return { settled, lookAt: pauses.length === 0 ? null : new Date(at.getTime() + Math.min(...pauses)) };
}

function isRed({ said }: TrunkResult): boolean {
  return isRedWord(said);
}
