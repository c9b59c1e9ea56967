import type { Transaction } from "../database/database.ts";
import type { WatchedCheck } from "../domain/compliance/adoption.ts";
import { announcementsOf } from "../domain/compliance/announcements.ts";
import type { CaseNews, CaseOutcome } from "../domain/compliance/case-news.ts";
import type { CaseDecisions } from "../domain/compliance/decide-cases.ts";
import { earliest } from "../domain/compliance/earliest.ts";
import type { HeardRed } from "../domain/compliance/heard-red.ts";
import { nextMoment } from "../domain/compliance/next-moment.ts";
import { recordCase } from "../domain/compliance/record-case.ts";
import type { ShownTracks } from "../domain/compliance/show-track.ts";
import type { ComplianceCase } from "../domain/compliance/case.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import { Fault } from "../errors.ts";
import { appendAudit } from "../store/audit.ts";
import { keepCaseTrack, keepTracks } from "../store/check-track.ts";
import { lockOpenCases, openCase, saveCase } from "../store/compliance-case.ts";
import { keepComplianceIssue, listLivingIssues, lockIssues } from "../store/compliance-issue.ts";
import { complianceDeadline, dropDeadline, setDeadline } from "../store/deadline.ts";
import { forgetHeardReds } from "../store/heard-red.ts";
import { type LookRun, saveLook } from "../store/subject.ts";
import { keepWatchedChecks } from "../store/watched-check.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import type { NewIssue } from "./read-new-issues.ts";
import { tellOfCases } from "./tell-of-cases.ts";

export interface DecidedCases {
  readonly repository: RepositoryFacts;
  /** What open cases stand on. */
  readonly policy: Policy;
  readonly decisions: CaseDecisions;
  readonly issues: readonly NewIssue[];
  /** Those that were open before. */
  readonly openCases: readonly ComplianceCase[];
  /** What is shown of the trunk; null: it could not be read, and what was seen before stays. */
  readonly tracks: ShownTracks | null;
  /** null: as they were. */
  readonly watched: readonly WatchedCheck[] | null;
  readonly lookAgainAt: Date | null;
  /** A case is due, and GitHub has yet to be read to confirm it: it is asked for that without growing pauses (J12). */
  readonly awaitsConfirmation: boolean;
  /** Red runs that were told of and need not be looked for any more. */
  readonly settled: readonly HeardRed[];
  /** When a result turns red by the time alone, or one that was told of is looked for again; null: neither. */
  readonly wakeAt: Date | null;
  readonly at: Date;
}

type SavingDependencies = Pick<
  HandlerDependencies,
  "database" | "queue" | "log" | "publicUrl" | "cockpitUrl" | "githubUrl"
>;

/**
 * Keeps everything that a look decided in one short transaction: cases, issues, the next deadline, what people are told, one audit
 * record for each change. When a later look has begun meanwhile, nothing is written.
 *
 * @throws Fault `case-changed`, to be tried again, when a command has changed a case since it was read.
 */
export async function saveCases(
  dependencies: SavingDependencies,
  run: LookRun,
  decided: DecidedCases,
): Promise<void> {
  const { at, lookAgainAt, awaitsConfirmation: urgent } = decided;
  const saved = await dependencies.database.transaction(async (transaction) => {
    const result = { head: null, verdict: null, at, lookAgainAt, urgent, tickets: [], closed: false };
    if ((await saveLook(transaction, run, result)) === "superseded") return "superseded";
    await saveDecisions(transaction, dependencies, decided);
    return "saved";
  });
  if (saved === "superseded") {
    dependencies.log.info("a later look has begun, this one is dropped", { subject: run.key });
  }
}

async function saveDecisions(
  transaction: Transaction,
  dependencies: SavingDependencies,
  decided: DecidedCases,
): Promise<void> {
  const { repository, decisions, watched, at } = decided;
  await lockIssues(transaction, repository.id);
  if (watched !== null) await keepWatchedChecks(transaction, repository.id, watched);
  await forgetHeardReds(transaction, repository.id, decided.settled);
  for (const issue of decided.issues) {
    await keepComplianceIssue(transaction, { ...issue, repositoryId: repository.id, openedAt: at });
  }
  const outcomes = await saveOutcomes(transaction, decisions);
  await showTrunk(transaction, decided, outcomes);
  await setNextDeadline(transaction, decided);
  await tellOfAll(transaction, dependencies, decided, outcomes);
  if (outcomes.some(({ news }) => news.some(concernsGate))) {
    const subject = { kind: "gate", repositoryId: repository.id } as const;
    await dependencies.queue.enqueue(transaction, [
      { kind: "look", data: { subject, because: "a case changed" } },
    ]);
  }
  for (const outcome of outcomes) {
    for (const news of outcome.news) {
      const record = recordCase(outcome.case, news);
      const { installationId } = repository;
      if (record !== null) await appendAudit(transaction, { installationId, at, record });
    }
  }
}

/** What ended goes first: a check has one open case. */
async function saveOutcomes(
  transaction: Transaction,
  { outcomes, opened }: CaseDecisions,
): Promise<readonly CaseOutcome[]> {
  for (const outcome of outcomes) {
    if ((await saveCase(transaction, outcome.case)) === "superseded") throw caseChanged();
  }
  const all = [...outcomes];
  for (const one of opened) {
    const kept = await openCase(transaction, one);
    if (kept === null) throw caseChanged();
    all.push({ case: kept, news: [{ what: "opened" }] });
  }
  return all;
}

/** Cases that end with this look show the green that ended them. */
async function showTrunk(
  transaction: Transaction,
  { repository, tracks, openCases, at }: DecidedCases,
  outcomes: readonly CaseOutcome[],
): Promise<void> {
  if (tracks === null) return;
  await keepTracks(transaction, repository.id, tracks.newest, at);
  const cases = new Map([...openCases, ...outcomes.map((one) => one.case)].map((one) => [one.id, one]));
  for (const one of cases.values()) {
    const track = tracks.ofCase(one);
    if (track !== null) await keepCaseTrack(transaction, one.id, track);
  }
}

async function setNextDeadline(
  transaction: Transaction,
  { repository, policy, wakeAt, at }: DecidedCases,
): Promise<void> {
  const cases = await lockOpenCases(transaction, repository.id);
  const next = earliest([nextMoment(cases, policy.deferred.remind, at), wakeAt]);
  const deadline = complianceDeadline(repository.id, next ?? at);
  await (next === null ? dropDeadline(transaction, deadline.key) : setDeadline(transaction, deadline));
}

async function tellOfAll(
  transaction: Transaction,
  dependencies: SavingDependencies,
  { repository, policy, at }: DecidedCases,
  outcomes: readonly CaseOutcome[],
): Promise<void> {
  const announced = announcementsOf(outcomes);
  const living = await listLivingIssues(transaction, repository.id);
  for (const firstRed of new Set([...announced.keys(), ...living])) {
    const announcements = announced.get(firstRed) ?? [];
    await tellOfCases(transaction, dependencies, { repository, policy, firstRed, announcements, at });
  }
}

function concernsGate({ what }: CaseNews): boolean {
  return what !== "went-on" && what !== "reminder";
}

function caseChanged(): Fault {
  return new Fault({ kind: "retry-later", code: "case-changed", doing: "saving the cases of a repository" });
}
