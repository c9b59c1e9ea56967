import { newlyEnforced, watchChecks } from "../domain/compliance/adoption.ts";
import type { ComplianceCase } from "../domain/compliance/case.ts";
import { type CaseFacts, decideCases } from "../domain/compliance/decide-cases.ts";
import { momentToRetry } from "../domain/look-again.ts";
import type { Reading, RepositoryFacts } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import type { Subject } from "../domain/subject.ts";
import { type TakenTrunk, readTrunk } from "../snapshot/read-trunk.ts";
import { listEndedCases, listOpenCases } from "../store/compliance-case.ts";
import { type LookRun, beginLook } from "../store/subject.ts";
import { listWatchedChecks } from "../store/watched-check.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { type ComplianceGround, readComplianceGround } from "./read-compliance-ground.ts";
import { readNewIssues, readNewWork } from "./read-new-issues.ts";
import { type DecidedCases, saveCases } from "./save-cases.ts";
import { saveNothing } from "./save-verdict.ts";

const NOTHING = { head: null, closed: false, lookAgainAt: null } as const;
/** There is no such branch: nothing on it is green. */
const NO_TRUNK = { evidence: { chain: [], results: [] }, streaks: [] } as const;
/** What the read does not show yet is looked for again after this long. */
const LAG = 15_000;

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
  const policy = ground.standing;
  if (policy === null || (policy.deferred.checks.length === 0 && openCases.length === 0)) {
    return await saveNothing(dependencies, run, NOTHING);
  }
  await lookAtCases(dependencies, run, { ground, policy, openCases });
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
  const lookAgainAt =
    trunk.state === "unknown"
      ? momentToRetry(trunk.retryAt, at)
      : decided.decisions.lagging
        ? new Date(at.getTime() + LAG)
        : null;
  await saveCases(dependencies, run, { repository, policy, ...decided, watched, lookAgainAt, at });
}

interface DecidingGround {
  readonly facts: Omit<CaseFacts, "newWork">;
  readonly trunk: Reading<TakenTrunk>;
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
}

/** Decides, and reads what only new issues and relapses need. */
async function decide(
  dependencies: HandlerDependencies,
  { facts, trunk, repository, policy }: DecidingGround,
): Promise<Pick<DecidedCases, "decisions" | "issues">> {
  if (trunk.state !== "known")
    return { decisions: decideCases({ ...facts, newWork: new Set() }), issues: [] };
  const ground = { repository, policy, evidence: trunk.value.evidence };
  const newWork = await readNewWork(dependencies, ground, facts);
  const decisions = decideCases({ ...facts, newWork });
  return { decisions, issues: await readNewIssues(dependencies, ground, decisions.opened) };
}
