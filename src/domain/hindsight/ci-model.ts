/** The stated model that results come from where nobody has recorded real ones. Durations in milliseconds. */
export interface CiModel {
  readonly checks: number;
  /** How likely a commit breaks a check that is not broken. */
  readonly breakage: number;
  /** How likely a run of a sound commit is red all the same. */
  readonly flakes: number;
  /** From the breakage to the next commit that may mend it: half of the repairs take longer, one in ten takes `repairNinetieth`. */
  readonly repairMedian: number;
  readonly repairNinetieth: number;
  /** From the commit to its result. */
  readonly run: number;
  /** A revert of a commit that is no older than this is taken for the repair of a breakage; 0: none is. */
  readonly revertWithin: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** No measurement: values to begin with, to be replaced by one's own. Every result says them. */
export const DEFAULT_MODEL: CiModel = {
  checks: 3,
  breakage: 0.004,
  flakes: 0.005,
  repairMedian: 16 * HOUR,
  repairNinetieth: 96 * HOUR,
  run: 50 * MINUTE,
  revertWithin: 14 * 24 * HOUR,
};
