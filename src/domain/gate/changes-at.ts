import { caseHolds, dueAt } from "../compliance/case.ts";
import { earliest } from "../compliance/earliest.ts";
import { concerns } from "./case-stops.ts";
import type { GateFacts } from "./gate.ts";
import { concernsQuestion } from "./lift.ts";
import { isSameEnvironment } from "./stop.ts";

/** The next moment at which the answer may become another by itself: a deadline, the begin or the end of an override. */
export function changesAt({
  at,
  environment,
  sha,
  cases,
  overrides,
  rollbacks,
}: Pick<GateFacts, "at" | "environment" | "sha" | "cases" | "overrides" | "rollbacks">): Date | null {
  const deadlines = cases
    .filter((one) => concerns(one, environment) && caseHolds(one, at) === "no")
    .map(dueAt);
  const lifting = overrides
    .filter(({ scope }) => concernsQuestion(scope, environment, sha))
    .flatMap(({ beganAt, endsAt, endedAt }) => [beganAt, endsAt, endedAt]);
  const permits = rollbacks
    .filter((one) => one.sha === sha && isSameEnvironment(one.environment, environment))
    .flatMap(({ beganAt, endsAt }) => [beganAt, endsAt]);
  return nextAfter(at, [...deadlines, ...lifting, ...permits]);
}

function nextAfter(at: Date, moments: readonly (Date | null)[]): Date | null {
  return earliest(moments.filter((moment) => moment !== null && moment.getTime() > at.getTime()));
}
