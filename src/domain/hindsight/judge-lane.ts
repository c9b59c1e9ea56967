import { watchChecks } from "../compliance/adoption.ts";
import type { CaseId, ComplianceCase } from "../compliance/case.ts";
import type { CaseNews } from "../compliance/case-news.ts";
import { type CaseFacts, decideCases, relapsesOf } from "../compliance/decide-cases.ts";
import { isEnough } from "../compliance/enough-evidence.ts";
import type { TrunkEvidence } from "../compliance/evidence.ts";
import { newWorkSince } from "../compliance/new-work.ts";
import { nextMoment } from "../compliance/next-moment.ts";
import { readStreaks } from "../compliance/read-streaks.ts";
import { overdueAction } from "../compliance/overdue-action.ts";
import { commitsOfRange } from "../compliance/red-range.ts";
import { selectsCheck } from "../compliance/selects-check.ts";
import { earliest } from "../compliance/earliest.ts";
import type { CommitSha, RepositoryId } from "../model.ts";
import type { DeferredCheckPolicy, Policy } from "../policy.ts";
import { evidenceAt } from "./evidence-at.ts";
import type { Lane, LaneRun } from "./lane.ts";
import { type World, placeOf } from "./world.ts";
import { itemAt } from "./item-at.ts";

/** Something that happened to a case of the lane, and what was read of the trunk then. */
export interface CaseStep {
  readonly at: number;
  readonly case: ComplianceCase;
  readonly news: CaseNews;
  readonly chain: TrunkEvidence["chain"];
}

export interface Judging {
  readonly world: World;
  readonly policy: Pick<Policy, "mode" | "deferred">;
  readonly repositoryId: RepositoryId;
  /** The number of a lane's first case, its second, and so on. */
  readonly caseId: (count: number) => CaseId;
  /** Looks at every result, also where none of the rules can say anything new. */
  readonly looksAlways?: boolean;
}

/**
 * What Holdpoint would have done about one check: its own rules, asked at every result that may change something and at every moment
 * that they name themselves. The issue is there, and people are warned, in the moment in which a case opens.
 */
export function judgeLane(lane: Lane, judging: Judging): readonly CaseStep[] {
  const { world, policy } = judging;
  // Where several entries of a policy name it, the first is its policy.
  const check = policy.deferred.checks.find(({ match }) => selectsCheck(match, lane));
  const state: State = { open: [], ended: [], isRed: false, steps: [], cases: 0 };
  if (check === undefined) return state.steps;
  let due: Date | null = null;
  const look = (at: number): void => {
    due = lookAt({ lane, check, judging }, state, at);
  };
  const lookUntil = (end: number): void => {
    for (let at = due?.getTime(); at !== undefined && at < end; at = due?.getTime()) look(at);
  };
  for (const run of lane.runs) {
    if (run.seenAt > world.until.getTime()) break;
    lookUntil(run.seenAt);
    if (judging.looksAlways === true || mayMatter(run, state)) look(run.seenAt);
  }
  lookUntil(world.until.getTime());
  return state.steps;
}

interface State {
  open: readonly ComplianceCase[];
  /** The newest that ended. */
  ended: readonly ComplianceCase[];
  /** The newest that was read of it was red. */
  isRed: boolean;
  readonly steps: CaseStep[];
  cases: number;
}

/** While the check is green and no case is open, one more green changes nothing; neither does one more red of an open case. */
function mayMatter({ cause }: LaneRun, { open, isRed }: State): boolean {
  return cause === null ? isRed || open.length > 0 : open.length === 0;
}

interface Looking {
  readonly lane: Lane;
  readonly check: DeferredCheckPolicy;
  readonly judging: Judging;
}

/** Gives the next moment at which time alone may change something. */
function lookAt({ lane, check, judging }: Looking, state: State, at: number): Date | null {
  const { world, policy, repositoryId } = judging;
  const { deferred } = policy;
  const now = new Date(at);
  const ground = { checks: [check], openCases: state.open, at: now, hour: deferred.hour };
  const evidence = evidenceAt(world, lane, at, {
    // Holdpoint itself may read less of an open case; here reading costs nothing.
    downTo: Math.min(...state.open.map(({ firstRed }) => placeOf(world, firstRed.sha)), Infinity),
    isEnough: (seen) => isEnough(seen, ground),
  });
  const streaks = readStreaks(evidence, ground);
  state.isRed = streaks.some((streak) => streak.now.state === "red");
  const facts: Omit<CaseFacts, "newWork"> = {
    repositoryId,
    at: now,
    deferred,
    opensFor: new Set([check.name]),
    watched: watchChecks(policy, [], world.from),
    enforcedNow: new Set(),
    trunk: { evidence, streaks },
    openCases: state.open,
    endedCases: state.ended,
  };
  const { outcomes, opened } = decideCases({ ...facts, newWork: newWorkIn(facts, evidence, world) });
  for (const { case: decided, news } of outcomes) {
    keep(state, decided);
    for (const one of news) state.steps.push({ at, case: decided, news: one, chain: evidence.chain });
  }
  for (const one of opened) {
    state.cases += 1;
    const kept = { ...NOTHING_YET, ...one, id: judging.caseId(state.cases), warnedAt: now };
    keep(state, kept);
    state.steps.push({ at, case: kept, news: { what: "opened" }, chain: evidence.chain });
  }
  return earliest([
    nextMoment(state.open, deferred.remind, now),
    overdueAction({ evidence, streaks }, now, deferred.hour),
  ]);
}

const NOTHING_YET = {
  remindedAt: null,
  deadline: null,
  verifyUntil: null,
  unverifiedSince: null,
  expiredAt: null,
  end: null,
  version: 1,
} as const;

function keep(state: State, decided: ComplianceCase): void {
  const others = state.open.filter(({ id }) => id !== decided.id);
  const isOpen = decided.end === null;
  state.open = isOpen ? [...others, decided] : others;
  state.ended = isOpen ? state.ended.filter(({ id }) => id !== decided.id) : [decided];
}

/** The keys of checks that are red again soon after their green, and work came since, as far as messages name its pull request. */
function newWorkIn(
  facts: Omit<CaseFacts, "newWork">,
  { chain }: TrunkEvidence,
  world: World,
): ReadonlySet<string> {
  const relapses = relapsesOf(facts).filter(({ streak, of }) => {
    const green = newWorkSince(streak, of, chain);
    return (
      green !== null &&
      commitsOfRange(chain, streak.now.firstRed.sha, green).commits.some(({ sha }) => hasNumber(sha, world))
    );
  });
  return new Set(relapses.map(({ streak }) => streak.key));
}

function hasNumber(sha: CommitSha, world: World): boolean {
  return itemAt(world.commits, placeOf(world, sha)).pullRequest !== null;
}
