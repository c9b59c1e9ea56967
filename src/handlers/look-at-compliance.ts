import { newlyEnforced, watchChecks } from "../domain/compliance/adoption.ts";
import { type ComplianceCase, caseHolds } from "../domain/compliance/case.ts";
import { type CaseFacts, decideCases } from "../domain/compliance/decide-cases.ts";
import { earliest } from "../domain/compliance/earliest.ts";
import { settleHeard } from "../domain/compliance/heard-red.ts";
import { listen } from "../domain/compliance/unheard-checks.ts";
import { overdueAction } from "../domain/compliance/overdue-action.ts";
import { type ShownTracks, showTracks } from "../domain/compliance/show-track.ts";
import type { StreakGround } from "../domain/compliance/track.ts";
import { momentToRetry } from "../domain/look-again.ts";
import type { Reading, RepositoryFacts, RepositoryId } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import type { Subject } from "../domain/subject.ts";
import { type TakenTrunk, readTrunk } from "../snapshot/read-trunk.ts";
import { defaultPolicy } from "../snapshot/read-standing.ts";
import { readFact } from "../snapshot/reading.ts";
import { keepTracks, listTracks } from "../store/check-track.ts";
import { listEndedCases, listOpenCases } from "../store/compliance-case.ts";
import { listLivingIssues } from "../store/compliance-issue.ts";
import { listHeardReds } from "../store/heard-red.ts";
import { type LookRun, beginLook } from "../store/subject.ts";
import { keepWatchedChecks, listWatchedChecks } from "../store/watched-check.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { type ComplianceGround, readComplianceGround } from "./read-compliance-ground.ts";
import { readNewIssues, readNewWork } from "./read-new-issues.ts";
import { type DecidedCases, saveCases } from "./save-cases.ts";
import { saveNothing } from "./save-verdict.ts";

const NOTHING = { head: null, closed: false, lookAgainAt: null } as const;
/** There is no such branch: nothing on it is green. */
const NO_TRUNK = { evidence: { chain: [], results: [] }, streaks: [] } as const;
const NO_TRACKS: ShownTracks = { newest: [], ofCase: () => null };

/**
 * Looks at the deferred checks of the trunk: opens, goes on with and ends cases, and lets those expire that are due. GitHub is read
 * once for all of them.
 */
export async function lookAtCompliance(
  dependencies: HandlerDependencies,
  subject: Extract<Subject, { kind: "compliance" }>,
): Promise<void> {
  const { database } = dependencies;
  const run = await beginLook(database, subject);
  if (run === null) return;
  const ground = await readComplianceGround(dependencies, subject.repositoryId);
  if (ground === null) return;
  const openCases = await listOpenCases(database, subject.repositoryId);
  // An issue whose last case was ended by hand is still to be closed.
  const nothingOpen =
    openCases.length === 0 && (await listLivingIssues(database, subject.repositoryId)).length === 0;
  const policy = ground.standing ?? (nothingOpen ? null : withoutPolicy(dependencies, ground));
  if (policy === null || (policy.deferred.checks.length === 0 && nothingOpen)) {
    if (ground.unread === null) await watchNothing(dependencies, subject.repositoryId);
    return await saveNothing(dependencies, run, NOTHING);
  }
  await lookAtCases(dependencies, run, { ground, policy, openCases });
}

/** What is deferred again later is adopted then. */
async function watchNothing(
  { database, clock }: Pick<HandlerDependencies, "database" | "clock">,
  repositoryId: RepositoryId,
): Promise<void> {
  const watched = await listWatchedChecks(database, repositoryId);
  const shown = await listTracks(database, repositoryId);
  if (watched.length === 0 && shown.length === 0) return;
  await database.transaction(async (transaction) => {
    await keepWatchedChecks(transaction, repositoryId, []);
    await keepTracks(transaction, repositoryId, [], clock.now());
  });
}

/** The files are gone, and nothing stands on them any more: somebody authorised has accepted that, and open cases end. */
function withoutPolicy(
  { hour }: Pick<HandlerDependencies, "hour">,
  { policyState, unread }: ComplianceGround,
): Policy | null {
  return policyState.state === "none" && unread === null ? defaultPolicy({ hour }) : null;
}

interface CaseGround {
  readonly ground: ComplianceGround;
  readonly policy: Policy;
  readonly openCases: readonly ComplianceCase[];
}

async function lookAtCases(
  dependencies: HandlerDependencies,
  run: LookRun,
  { ground, policy, openCases }: CaseGround,
): Promise<void> {
  const { database, clock } = dependencies;
  const { repository, policyState } = ground;
  const before = await listWatchedChecks(database, repository.id);
  const endedCases = await listEndedCases(database, repository.id);
  const heard = await listHeardReds(database, repository.id);
  const trunk: Reading<TakenTrunk> =
    ground.unread ?? (await readTrunk(dependencies, { repository, policy, openCases, at: clock.now() }));
  const at = clock.now();
  const watched = ground.unread === null ? watchChecks(policy, before, at) : before;
  const current = policyState.state === "in-force" ? policyState.policy : policy;
  const facts: Omit<CaseFacts, "newWork"> = {
    repositoryId: repository.id,
    at,
    deferred: policy.deferred,
    opensFor: new Set(current.deferred.checks.map(({ name }) => name)),
    watched,
    enforcedNow: newlyEnforced(before, watched),
    trunk: trunk.state === "unknown" ? null : trunk.state === "known" ? trunk.value : NO_TRUNK,
    openCases,
    endedCases,
  };
  const decided = await decide(dependencies, { facts, trunk, repository, policy });
  const { lagging, unread } = decided;
  const retry = trunk.state === "unknown" ? trunk : unread;
  const lookAgainAt =
    retry === null ? (lagging ? momentToRetry(null, at) : null) : momentToRetry(retry.retryAt, at);
  const { settled, lookAt } = settleHeard(heard, facts.trunk?.evidence ?? NO_TRUNK.evidence, at);
  const overdue = trunk.state === "known" ? overdueAction(trunk.value, at, policy.deferred.hour) : null;
  const wakeAt = earliest([overdue, lookAt]);
  const { checks, hour } = policy.deferred;
  await saveCases(dependencies, run, {
    repository,
    policy,
    openCases,
    tracks: tracksOf(trunk, { checks, openCases, at, hour }),
    ...decided,
    watched: facts.trunk === null ? watched : listen(watched, policy.deferred.checks, facts.trunk.evidence),
    settled,
    lookAgainAt,
    awaitsConfirmation:
      trunk.state === "unknown" && openCases.some((one) => caseHolds(one, at) === "unverified"),
    wakeAt,
    at,
  });
}

/** null: the trunk could not be read. */
function tracksOf(trunk: Reading<TakenTrunk>, ground: StreakGround): ShownTracks | null {
  if (trunk.state === "unknown") return null;
  return trunk.state === "known" ? showTracks(trunk.value.evidence, ground) : NO_TRACKS;
}

interface DecidingGround {
  readonly facts: Omit<CaseFacts, "newWork">;
  readonly trunk: Reading<TakenTrunk>;
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
}

interface Decided extends Pick<DecidedCases, "decisions" | "issues"> {
  readonly lagging: boolean;
  /** What new cases need and could not be read. */
  readonly unread: Extract<Reading<never>, { state: "unknown" }> | null;
}

/** Decides, and reads what only new cases need. Where that fails they wait; those that are due do not. */
async function decide(
  dependencies: HandlerDependencies,
  { facts, trunk, repository, policy }: DecidingGround,
): Promise<Decided> {
  if (trunk.state !== "known") return withoutNew(facts, null);
  const ground = { repository, policy, evidence: trunk.value.evidence };
  const read = await readFact(async () => {
    const newWork = await readNewWork(dependencies, ground, facts);
    const decisions = decideCases({ ...facts, newWork });
    const issues = await readNewIssues(dependencies, ground, decisions.opened);
    return { state: "known", value: { decisions, issues, lagging: decisions.lagging, unread: null } };
  });
  return read.state === "known" ? read.value : withoutNew(facts, read.state === "unknown" ? read : null);
}

function withoutNew(facts: Omit<CaseFacts, "newWork">, unread: Decided["unread"]): Decided {
  const decisions = decideCases({ ...facts, opensFor: new Set(), endedCases: [], newWork: new Set() });
  return { decisions, issues: [], lagging: decisions.lagging, unread };
}
