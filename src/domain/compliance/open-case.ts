import type { RepositoryId } from "../model.ts";
import type { DeferredCheckPolicy } from "../policy.ts";
import type { ComplianceCase, RedRun } from "./case.ts";
import type { CheckStreak } from "./streak.ts";

/** A case before it is stored. */
export type NewCase = Pick<
  ComplianceCase,
  | "repositoryId"
  | "checkKey"
  | "name"
  | "source"
  | "policyName"
  | "firstRed"
  | "newestRed"
  | "reds"
  | "lastGreen"
  | "openedAt"
  | "adopted"
  | "grace"
  | "verifyGrace"
  | "environments"
  | "owners"
>;

export interface OpeningFacts {
  readonly repositoryId: RepositoryId;
  readonly check: DeferredCheckPolicy;
  readonly streak: Pick<CheckStreak, "key" | "name" | "source">;
  readonly red: Extract<CheckStreak["now"], { state: "red" }>;
  /** The `confirm`-th red in a row. */
  readonly confirmedRed: RedRun;
  /** Since when the check is watched: what was red before that is adopted. */
  readonly watchedSince: Date;
}

/** GitHub's times are whole seconds: what is as old as the second in which the watch began may be younger than the watch. */
const SECOND = 1_000;

/**
 * Opens a case. Grace, environments and owners are copied: a policy that is loosened later changes nothing for it (J9). A
 * check that was red already when it began to be watched has its full grace from then on.
 */
export function openNewCase(facts: OpeningFacts): NewCase {
  const { check, streak, red, confirmedRed, watchedSince } = facts;
  const watchedFrom = Math.floor(watchedSince.getTime() / SECOND) * SECOND;
  const adopted = red.firstRed.at.getTime() < watchedFrom;
  return {
    repositoryId: facts.repositoryId,
    checkKey: streak.key,
    name: streak.name,
    source: streak.source,
    policyName: check.name,
    firstRed: red.firstRed,
    newestRed: red.newestRed,
    reds: red.reds,
    lastGreen: red.lastGreen,
    openedAt: adopted ? later(watchedSince, confirmedRed.at) : confirmedRed.at,
    adopted,
    grace: check.grace,
    verifyGrace: check.verifyGrace,
    environments: check.environments,
    owners: check.owners,
  };
}

function later(one: Date, other: Date): Date {
  return one.getTime() >= other.getTime() ? one : other;
}
