import type { Transaction } from "../database/database.ts";
import { channelMessage } from "../domain/authority/hold-message.ts";
import { noteOf } from "../domain/authority/issue-notes.ts";
import type { IssueDecision, IssueQuestion, Step } from "../domain/authority/issue-question.ts";
import { recordStep } from "../domain/authority/record-step.ts";
import type { Announcement } from "../domain/compliance/announcement.ts";
import { type Effect, issueTarget } from "../domain/effect.ts";
import { slackText } from "../domain/escape/slack-text.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import { isLabel } from "../domain/authority/label-name.ts";
import { haltBegan, haltEnded } from "../domain/wording/authority.ts";
import { sendToOutbox } from "../effects/outbox.ts";
import { appendAudit, type AuditRecord } from "../store/audit.ts";
import { dropDeadline, setDeadline } from "../store/deadline.ts";
import { reassertEffect } from "../store/effect.ts";
import { addHalt, endHalt } from "../store/halt.ts";
import { moveIssueCursor } from "../store/issue-cursor.ts";
import { addOverride, endOverride } from "../store/override.ts";
import { type LookRun, saveLook } from "../store/subject.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { endOverrides, isOver, overrideDeadline, overrideKey } from "./ending-overrides.ts";
import type { StoredIssue } from "./read-issue.ts";
import { tellOfCases } from "./tell-of-cases.ts";

interface GivenIssue {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly number: number;
  readonly stored: StoredIssue;
}

interface DecidedIssue extends GivenIssue {
  readonly question: IssueQuestion;
  readonly decision: IssueDecision;
  readonly newest: number | null;
}

/** What a transaction has to say and to keep at its end. */
interface Outcome {
  readonly announcements: Announcement[];
  readonly effects: Effect[];
  readonly records: AuditRecord[];
}

/** The issue is not there, or could not be read: nothing is released by that. `gone`: a compliance issue is made anew. */
export async function saveIssueGone(
  dependencies: HandlerDependencies,
  run: LookRun,
  given: GivenIssue & { readonly gone: boolean },
): Promise<void> {
  await saveAll(dependencies, run, { ...given, keeps: !given.gone }, async (transaction, _outcome, at) => {
    if (given.gone) await restoreIssue(dependencies, transaction, given, at);
  });
}

/** Keeps what was decided, with everything that follows, in one transaction. */
export async function saveIssue(
  dependencies: HandlerDependencies,
  run: LookRun,
  given: DecidedIssue,
): Promise<void> {
  const { repository, policy, number, stored, question, decision, newest } = given;
  const { overrides, halts } = decision.standing;
  const keeps = overrides.length + halts.length + stored.overrides.length + stored.openCases.length > 0;
  await saveAll(dependencies, run, { ...given, keeps }, async (transaction, outcome, at) => {
    for (const step of decision.steps) await take(transaction, given, step, outcome);
    const seen = newest ?? 0;
    const on = { kind: "number", number } as const;
    const shared = { kind: "label", repositoryId: repository.id, on, seen } as const;
    if (decision.overrideLabel !== null) {
      outcome.effects.push({ ...shared, label: policy.override.label, present: decision.overrideLabel });
    }
    if (decision.haltLabel !== null) {
      outcome.effects.push({ ...shared, label: policy.deferred.haltLabel, present: decision.haltLabel });
    }
    const isStripped = !question.labels.some((name) => isLabel(name, policy.deferred.label));
    const isOurs = stored.compliance !== null && stored.openCases.length > 0;
    if (isOurs && (decision.reopen || isStripped)) {
      await restoreIssue(dependencies, transaction, given, at);
    } else if (decision.reopen) {
      outcome.effects.push({
        kind: "issue-state",
        repositoryId: repository.id,
        issueNumber: number,
        state: "open",
        seen,
      });
    }
    if (newest !== null) await moveIssueCursor(transaction, repository.id, number, newest);
  });
}

async function saveAll(
  dependencies: HandlerDependencies,
  run: LookRun,
  given: GivenIssue & {
    /** Something of Holdpoint's stands on it, so that it is looked at again from time to time. */
    readonly keeps: boolean;
  },
  change: (transaction: Transaction, outcome: Outcome, at: Date) => Promise<void>,
): Promise<void> {
  const { database, queue, clock, log } = dependencies;
  const { repository, policy, stored } = given;
  const at = clock.now();
  const openCases = new Set(stored.openCases.map(({ id }) => id));
  const over = stored.overrides.filter((one) => isOver(one, openCases, at));
  await database.transaction(async (transaction) => {
    const outcome: Outcome = { announcements: [], effects: [], records: [] };
    const nothing = { head: null, verdict: null, at, lookAgainAt: null, tickets: [], closed: !given.keeps };
    if ((await saveLook(transaction, run, nothing)) === "superseded") {
      log.info("a later look has begun, this one is dropped", { subject: run.key });
      return;
    }
    const ended = await endOverrides(transaction, over, openCases, at);
    outcome.announcements.push(...ended.announcements);
    outcome.effects.push(...ended.effects);
    outcome.records.push(...ended.records);
    await change(transaction, outcome, at);
    if (stored.compliance !== null && outcome.announcements.length > 0) {
      const { firstRed } = stored.compliance;
      const { announcements } = outcome;
      await tellOfCases(transaction, dependencies, { repository, policy, firstRed, announcements, at });
    }
    await sendToOutbox(transaction, queue, outcome.effects, at);
    if (outcome.records.some(({ what }) => what !== "refused")) {
      const subject = { kind: "gate", repositoryId: repository.id } as const;
      await queue.enqueue(transaction, [{ kind: "look", data: { subject, because: run.key } }]);
    }
    for (const record of outcome.records) {
      await appendAudit(transaction, { installationId: repository.installationId, at, record });
    }
  });
}

/** The compliance issue is made as it should be once more, a new one where it is gone; not for ever. */
async function restoreIssue(
  { queue }: Pick<HandlerDependencies, "queue">,
  transaction: Transaction,
  { repository, stored }: GivenIssue,
  at: Date,
): Promise<void> {
  if (stored.compliance === null || stored.openCases.length === 0) return;
  const target = issueTarget(repository.id, stored.compliance.firstRed);
  if ((await reassertEffect(transaction, target, at)) === "too-often") return;
  await queue.enqueue(transaction, [{ kind: "effect", data: { target } }]);
}

/** One step: its row, what is said about it, and its record. A step that was taken before leaves nothing. */
async function take(
  transaction: Transaction,
  given: DecidedIssue,
  step: Step,
  outcome: Outcome,
): Promise<void> {
  const { repository, policy, number, question } = given;
  if (!(await isNew(transaction, given, step))) return;
  outcome.records.push(recordStep(step, repository.id, number));
  const note = noteOf(step, number, { policy, halters: haltersOf(given) });
  if (note !== null) {
    const on = { kind: "number", number } as const;
    outcome.effects.push({ kind: "note", repositoryId: repository.id, on, ...note });
  }
  outcome.announcements.push(...announcementsOf(step, question));
  if (step.what === "halt-began" || step.what === "halt-ended") {
    const person = slackText(step.by.login);
    const text = step.what === "halt-began" ? haltBegan(person, null, null) : haltEnded(person, null);
    outcome.effects.push(...channelMessage(repository, policy, `${step.what}:${step.source}`, text));
  }
}

/** Logins of those who halted on the issue, in these very steps included. */
function haltersOf({ stored, decision }: DecidedIssue): readonly string[] {
  const now = decision.steps.flatMap((step) => (step.what === "halt-began" ? [step.by.login] : []));
  return [...stored.halts.map(({ by }) => by), ...now];
}

/** Writes the step's row; false where it is there already. */
async function isNew(
  transaction: Transaction,
  { repository, number, stored, question }: DecidedIssue,
  step: Step,
): Promise<boolean> {
  const repositoryId = repository.id;
  switch (step.what) {
    case "override-began": {
      const { source, by, event, endsAt, caseIds, awaitsReason } = step;
      const scope = { kind: "cases", caseIds, environment: null } as const;
      const shared = { repositoryId, source, scope, because: null, issueNumber: number, awaitsReason };
      const added = await addOverride(transaction, { ...shared, by, beganAt: event.at, endsAt });
      if (added !== null && !awaitsReason) await setDeadline(transaction, overrideDeadline(added));
      return added !== null;
    }
    case "override-ended": {
      const { source, by } = step;
      const known = stored.overrides.find((one) => one.source === source);
      if (known !== undefined) await dropDeadline(transaction, overrideKey(known.id));
      return await endOverride(transaction, { repositoryId, source }, { at: question.at, by: by.login });
    }
    case "halt-began": {
      const { source, by, event } = step;
      const shared = { repositoryId, source, environment: null, issueNumber: number, because: null };
      return (await addHalt(transaction, { ...shared, by, beganAt: event.at })) !== null;
    }
    case "halt-ended": {
      const { source, by } = step;
      return await endHalt(transaction, { repositoryId, source }, { at: question.at, by: by.login });
    }
    case "refused":
    case "reopened":
      return true;
  }
}

function announcementsOf(step: Step, { cases }: IssueQuestion): readonly Announcement[] {
  switch (step.what) {
    case "override-began": {
      const { source, by, endsAt: until } = step;
      if (step.awaitsReason) return [];
      return [
        { what: "override-began", key: `override-began-${source}`, by: by.login, because: null, until },
      ];
    }
    case "override-ended":
      return [{ what: "override-ended", key: `override-ended-${step.source}`, by: step.by.login }];
    case "reopened": {
      const { id, byCommit, by } = step.event;
      // Who closes an issue as a bot does not read why it was opened again.
      if (cases === null || cases.length === 0 || by?.isBot === true) return [];
      const key = byCommit === null ? `reopened-${cases[0]?.firstRed.sha ?? id}` : `reopened-${byCommit}`;
      return [{ what: "reopened", key, cases, waitingFor: byCommit }];
    }
    case "halt-began":
    case "halt-ended":
    case "refused":
      return [];
  }
}
