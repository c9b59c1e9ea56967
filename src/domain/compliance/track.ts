import type { CommitSha } from "../model.ts";
import type { DeferredCheckPolicy } from "../policy.ts";
import type { ComplianceCase, RedRun } from "./case.ts";
import type { CheckSource, TrunkResult } from "./evidence.ts";
import { type Weight, weighResult } from "./weigh-result.ts";

/** What is looked for on the trunk, and when. */
export interface StreakGround {
  readonly checks: readonly DeferredCheckPolicy[];
  readonly openCases: readonly OpenCase[];
  readonly at: Date;
  /** How long one hour of deadlines lasts, in milliseconds. */
  readonly hour: number;
}

/** As much of an open case as the trunk is read by. */
export type OpenCase = Pick<ComplianceCase, "checkKey" | "name" | "source" | "firstRed" | "newestRed"> &
  Partial<Pick<ComplianceCase, "deadline" | "expiredAt">>;

/** Where each commit of the trunk stands: 0 is the head. */
export type Places = ReadonlyMap<CommitSha, number>;

/** Where a result stands. Smaller places are newer commits. */
export interface Standing {
  readonly place: number;
  readonly run: Pick<RedRun, "runId" | "sequence">;
}

/** A result, with where it stands and what it proves. */
export interface Mark extends Standing {
  readonly run: RedRun;
  readonly event: string | null;
  readonly weight: Weight;
}

/** Everything that one concrete check said on the trunk, newest first. */
export interface Track {
  readonly key: string;
  readonly name: string;
  readonly source: CheckSource;
  readonly policy: DeferredCheckPolicy | null;
  readonly events: readonly string[];
  readonly openCase: OpenCase | null;
  readonly marks: readonly Mark[];
}

export function markOf(result: TrunkResult, place: number, ground: StreakGround): Mark {
  const { sha, runId, sequence, said, at, url, event } = result;
  return {
    place,
    run: { sha, runId, sequence, said, at, url },
    event,
    weight: weighResult(result, ground),
  };
}

/** Newest first: by the place on the trunk, then the run, then the attempt, never by when it came to be known. */
export function byAge(one: Standing, other: Standing): number {
  return one.place - other.place || other.run.runId - one.run.runId || other.run.sequence - one.run.sequence;
}

/**
 * As `byAge`; two sights of one result, which a change between two pages makes, are told apart: its end was seen after its
 * beginning.
 */
export function bySight(one: Mark, other: Mark): number {
  return (
    byAge(one, other) ||
    Number(one.weight === "running") - Number(other.weight === "running") ||
    other.run.at.getTime() - one.run.at.getTime() ||
    other.run.said.localeCompare(one.run.said)
  );
}

export function isSameResult(one: Mark | undefined, other: Mark): boolean {
  return one !== undefined && byAge(one, other) === 0;
}

export function isProof({ weight }: Mark): boolean {
  return weight === "red" || weight === "green";
}

/** Whether that run, of the same workflow, came after the mark's. */
export function isLaterRun(run: { readonly place: number; readonly runId: number }, mark: Mark): boolean {
  return run.place === mark.place ? run.runId > mark.run.runId : run.place < mark.place;
}
