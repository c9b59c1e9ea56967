import * as wording from "../wording/gate.ts";
import type { GateFacts, Reason } from "./gate.ts";
import { isInForce, type Override, type RollbackPermit } from "./override.ts";
import { isSameEnvironment, type LiftableStop, type Stop } from "./stop.ts";

type Given = Pick<
  GateFacts,
  "at" | "environment" | "sha" | "intent" | "judgement" | "overrides" | "rollbacks" | "policy" | "heldTo"
>;

export interface Lifted {
  /** What nobody lifted. */
  readonly stops: readonly Stop[];
  /** What was lifted, by whom and until when: one reason for each override that lifts something. */
  readonly reasons: readonly Reason[];
}

/** Takes away what a rollback or an override lifts. What is lifted is never lost: it is listed. */
export function lift(stops: readonly Stop[], given: Given): Lifted {
  const lifters = [...rollbackOf(given), ...overridesOf(given)];
  let left = stops;
  const reasons: Reason[] = [];
  for (const { lifts, tell } of lifters) {
    const lifted = left.filter(isLiftable).filter(lifts);
    if (lifted.length === 0) continue;
    left = left.filter((stop) => !isLiftable(stop) || !lifts(stop));
    reasons.push(tell([...new Set(lifted.map(nameOf))]));
  }
  return { stops: left, reasons };
}

interface Lifter {
  readonly lifts: (stop: LiftableStop) => boolean;
  readonly tell: (names: readonly string[]) => Reason;
}

function isLiftable(stop: Stop): stop is LiftableStop {
  return stop.from.kind !== "ground";
}

function nameOf({ from, reason }: LiftableStop): string {
  switch (from.kind) {
    case "case":
      return wording.liftedCheck(from.name);
    case "halt":
      return wording.liftedHalt(from.by);
    case "finding":
      return wording.liftedFinding(reason.message, from.finding);
    case "place":
      return wording.liftedPlace();
  }
}

/** J4: what was live there before may come back, in spite of tickets and of expired cases; never in spite of a halt. */
function rollbackOf(given: Given): readonly Lifter[] {
  const { judgement, intent } = given;
  if (judgement.state !== "known" || !judgement.value.wasLive) return [];
  const permit = permitOf(given);
  if (permit === null && intent !== "rollback") return [];
  return [
    {
      lifts: givesWayToRollback,
      tell: (names) => ({
        kind: "override",
        code: "rollback",
        message: wording.rollback(permit, names),
        since: permit?.beganAt ?? null,
        until: permit?.endsAt ?? null,
        who: wording.whoRollsBack(permit?.by ?? null),
        url: null,
      }),
    },
  ];
}

/** Of several the one that lasts longest; of those the oldest. */
function permitOf({ rollbacks, environment, sha, at }: Given): RollbackPermit | null {
  const [longest = null] = rollbacks
    .filter((one) => one.sha === sha && isSameEnvironment(one.environment, environment) && isInForce(one, at))
    .toSorted(
      (one, other) =>
        other.endsAt.getTime() - one.endsAt.getTime() ||
        one.beganAt.getTime() - other.beganAt.getTime() ||
        compareText(`${one.by} ${one.because}`, `${other.by} ${other.because}`),
    );
  return longest;
}

function givesWayToRollback({ from }: LiftableStop): boolean {
  switch (from.kind) {
    case "case":
      return true;
    case "finding":
      return from.finding.rule !== "required-checks";
    case "halt":
    case "place":
      return false;
  }
}

function overridesOf({ overrides, environment, sha, at, policy, heldTo }: Given): readonly Lifter[] {
  const override = (heldTo ?? policy)?.override ?? null;
  return overrides
    .filter((one) => isInForce(one, at) && concernsQuestion(one.scope, environment, sha))
    .toSorted((one, other) => one.id - other.id)
    .map((one) => ({
      lifts: (stop) => isLiftedBy(stop, one),
      tell: (names) => ({
        kind: "override",
        code: "override",
        message: wording.overridden(one, names),
        since: one.beganAt,
        until: one.endsAt,
        who: wording.whoEndsAnOverride(one.scope.kind === "cases" ? override : null),
        url: null,
      }),
    }));
}

/** Whether the override is about that environment and, where it names one, that commit. */
export function concernsQuestion(scope: Override["scope"], environment: string, sha: string): boolean {
  if (scope.kind === "reasons" && scope.sha !== sha) return false;
  return scope.environment === null || isSameEnvironment(scope.environment, environment);
}

function isLiftedBy(stop: LiftableStop, { scope, beganAt }: Override): boolean {
  const { from, reason } = stop;
  if (scope.kind === "cases") return from.kind === "case" && scope.caseIds.includes(from.id);
  return scope.codes.includes(reason.code) && !beganAfter(stop, beganAt);
}

/** Whoever lifted a halt knew nothing of the next one. What a commit itself says is read again and again, and has no beginning. */
function beganAfter({ from, reason }: LiftableStop, moment: Date): boolean {
  if (from.kind !== "halt" && from.kind !== "case") return false;
  return reason.since !== null && reason.since.getTime() > moment.getTime();
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : 1;
}
