import type { RepositoryId } from "../model.ts";
import type { DeferredPolicy } from "../policy.ts";
import type { WatchedCheck } from "./adoption.ts";
import { type Beginning, type RedStreak, beginningOf, endedUnseen, isRed } from "./beginning.ts";
import type { ComplianceCase } from "./case.ts";
import type { CaseOutcome } from "./case-news.ts";
import { type OpenCaseFacts, decideOpenCase } from "./decide-open-case.ts";
import type { TrunkEvidence } from "./evidence.ts";
import { type NewCase, openNewCase } from "./open-case.ts";
import type { CheckStreak } from "./streak.ts";

/** All that the cases of a repository are a function of. */
export interface CaseFacts {
  readonly repositoryId: RepositoryId;
  readonly at: Date;
  /** What open cases stand on: the policy in force, or a stricter one before it that nobody has accepted less than. */
  readonly deferred: DeferredPolicy;
  /** Names of the checks that new cases are opened for: those of the policy as it is. */
  readonly opensFor: ReadonlySet<string>;
  /** Watched from now on. */
  readonly watched: readonly WatchedCheck[];
  /** Observed until now, enforced from now on. */
  readonly enforcedNow: ReadonlySet<string>;
  /** null: the trunk could not be read. */
  readonly trunk: {
    readonly evidence: Pick<TrunkEvidence, "chain" | "results">;
    readonly streaks: readonly CheckStreak[];
  } | null;
  readonly openCases: readonly ComplianceCase[];
  /** The newest ended case of each check. */
  readonly endedCases: readonly ComplianceCase[];
  /** Keys of checks that are red again, and pull requests were merged since their green: `relapsesOf` says which to ask about. */
  readonly newWork: ReadonlySet<string>;
}

export interface CaseDecisions {
  /** Those that changed. To be saved before the new ones: a check has one open case. */
  readonly outcomes: readonly CaseOutcome[];
  readonly opened: readonly NewCase[];
  /** The read shows less than was seen already. */
  readonly lagging: boolean;
}

/** What becomes of the cases of a repository at this moment. Pure: the same facts, the same decisions. */
export function decideCases(facts: CaseFacts): CaseDecisions {
  const outcomes = facts.openCases.flatMap((one) => {
    const outcome = decideOne(one, facts);
    const isChanged = outcome.news.length > 0 || outcome.case.unverifiedSince !== one.unverifiedSince;
    return isChanged ? [outcome] : [];
  });
  const opened: NewCase[] = [];
  let lagging = false;
  for (const { streak, beginning } of beginnings(facts)) {
    const check = streak.policy;
    if (beginning.is === "lagging") lagging = true;
    if (beginning.is === "relapse" && !facts.newWork.has(streak.key)) {
      outcomes.push(...relapse(beginning.of, streak, facts));
      continue;
    }
    if (beginning.is === "settled" || beginning.is === "lagging") continue;
    const red = sinceResolvedByHand(streak, facts);
    const { confirmedRed } = red;
    if (check === null || confirmedRed === null || !facts.opensFor.has(check.name)) continue;
    const watchedSince = facts.watched.find(({ policyName }) => policyName === check.name)?.since ?? facts.at;
    opened.push(
      openNewCase({ repositoryId: facts.repositoryId, check, streak, red, confirmedRed, watchedSince }),
    );
  }
  return { outcomes, opened, lagging };
}

/** The red streaks that may go on from an ended case: whether a pull request was merged since its green has to be asked. */
export function relapsesOf(
  facts: Omit<CaseFacts, "newWork">,
): readonly { readonly streak: RedStreak; readonly of: ComplianceCase }[] {
  return beginnings(facts).flatMap(({ streak, beginning }) =>
    beginning.is === "relapse" ? [{ streak, of: beginning.of }] : [],
  );
}

/** Red streaks without an open case, or whose open case ended unseen. */
function beginnings(
  facts: Omit<CaseFacts, "newWork">,
): readonly { readonly streak: RedStreak; readonly beginning: Beginning }[] {
  const { trunk, at } = facts;
  if (trunk === null) return [];
  const { evidence, streaks } = trunk;
  const ground = { evidence, at, hour: facts.deferred.hour };
  return streaks.filter(isRed).flatMap((streak) => {
    const open = facts.openCases.find(({ checkKey }) => checkKey === streak.key);
    if (open === undefined) {
      const before = facts.endedCases.find(({ checkKey }) => checkKey === streak.key) ?? null;
      return [{ streak, beginning: beginningOf(streak, before, ground) }];
    }
    const end = endedUnseen(streak, open, evidence);
    if (end === null) return [];
    return [{ streak, beginning: beginningOf(streak, { ...open, end }, ground) }];
  });
}

function decideOne(given: ComplianceCase, facts: CaseFacts): CaseOutcome {
  const { trunk } = facts;
  const streak = trunk?.streaks.find(({ key }) => key === given.checkKey) ?? null;
  const unseen =
    trunk === null || streak === null || !isRed(streak) ? null : endedUnseen(streak, given, trunk.evidence);
  if (unseen !== null && streak !== null && isNewStreak(streak, facts)) {
    return {
      case: { ...given, unverifiedSince: null, end: unseen },
      news: [{ what: "resolved" }],
    };
  }
  return decideOpenCase(given, groundOf(given.policyName, streak, facts));
}

function isNewStreak(streak: CheckStreak, facts: CaseFacts): boolean {
  const found = beginnings(facts).find((one) => one.streak.key === streak.key);
  return (
    found?.beginning.is === "new" || (found?.beginning.is === "relapse" && facts.newWork.has(streak.key))
  );
}

/** The ended case goes on; where it was never seen to end, it goes on in silence. */
function relapse(of: ComplianceCase, streak: RedStreak, facts: CaseFacts): readonly CaseOutcome[] {
  if (facts.openCases.some(({ id }) => id === of.id)) return [];
  const again: ComplianceCase = {
    ...of,
    newestRed: streak.now.newestRed,
    reds: of.reds + streak.now.reds,
    verifyUntil: null,
    expiredAt: null,
    end: null,
  };
  const { case: decided, news } = decideOpenCase(again, groundOf(of.policyName, streak, facts));
  return [{ case: decided, news: [{ what: "relapsed" }, ...news] }];
}

function groundOf(policyName: string, streak: CheckStreak | null, facts: CaseFacts): OpenCaseFacts {
  const { at, deferred, trunk } = facts;
  return {
    at,
    hour: deferred.hour,
    remind: deferred.remind,
    trunk: trunk === null ? null : { chain: trunk.evidence.chain, streak },
    dropped: !deferred.checks.some(({ name }) => name === policyName),
    enforcedNow: facts.enforcedNow.has(policyName),
  };
}

/** After "resolved by hand" a new streak begins with the first run that was red since, as far as it is known: the newest. */
function sinceResolvedByHand(streak: RedStreak, { endedCases }: CaseFacts): RedStreak["now"] {
  const before = endedCases.find(({ checkKey }) => checkKey === streak.key);
  if (before?.end?.as !== "by-hand") return streak.now;
  const { newestRed, firstRed } = streak.now;
  return firstRed.at.getTime() > before.end.at.getTime()
    ? streak.now
    : { ...streak.now, firstRed: newestRed, confirmedRed: newestRed, reds: 1 };
}
