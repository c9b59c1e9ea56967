import type { CheckSource } from "../compliance/evidence.ts";
import type { Span } from "./spans.ts";

/** Why a run was red: what it tests was broken, or the run itself was. */
export type Cause = "broken" | "flaky";

/** One run of a check on a commit of the world. */
export interface LaneRun {
  /** The commit's place in the world. */
  readonly place: number;
  readonly attempt: number;
  readonly said: string;
  /** When it began and ended, in milliseconds. */
  readonly startedAt: number;
  readonly at: number;
  /** When it can be seen: a merge queue tests what has not landed yet. */
  readonly seenAt: number;
  /** null: it was not red. */
  readonly cause: Cause | null;
}

/** A time in which a check was broken in fact, whatever anybody knew of it. */
export interface Trouble extends Span {
  /** The commit's place that broke it. */
  readonly place: number;
  /** A revert in the history that names the commit, a draw of the model, or recorded results. */
  readonly by: "revert" | "draw" | "result";
}

/** One deferred check through the whole world. */
export interface Lane {
  /** What people call it: its name in the policy, or in the recorded results. */
  readonly label: string;
  /** As its runs bear it. */
  readonly name: string;
  readonly source: CheckSource;
  /** What its runs are for; null where the source has no events. */
  readonly event: string | null;
  /** In the order in which they can be seen. */
  readonly runs: readonly LaneRun[];
  /** By the commit's place. */
  readonly byPlace: readonly (readonly LaneRun[])[];
  readonly troubles: readonly Trouble[];
}

/** Which check it is. */
export type LaneIdentity = Pick<Lane, "label" | "name" | "source" | "event">;

export function buildLane(
  { label, name, source, event }: LaneIdentity,
  commits: number,
  given: readonly LaneRun[],
  troubles: readonly Trouble[],
): Lane {
  const byPlace: LaneRun[][] = Array.from({ length: commits }, () => []);
  for (const run of given) byPlace[run.place]?.push(run);
  const runs = given.toSorted((one, other) => one.seenAt - other.seenAt);
  return { label, name, source, event, runs, byPlace, troubles };
}
