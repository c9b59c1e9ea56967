import type { Transaction } from "../../database/database.ts";
import type { Person } from "../../domain/authority/issue-event.ts";
import { type Effect, effectTarget } from "../../domain/effect.ts";
import type { Policy } from "../../domain/policy.ts";
import type { Subject } from "../../domain/subject.ts";
import { sendToOutbox } from "../../effects/outbox.ts";
import type { IssueComment } from "../../ports/issues.ts";
import { appendAudit, type AuditRecord } from "../../store/audit.ts";
import { findEffect } from "../../store/effect.ts";
import type { HandlerDependencies } from "../dependencies.ts";
import type { Ground } from "../read-ground.ts";

export type CommentSubject = Extract<Subject, { kind: "comment" }>;

/** A command by somebody who wrote it, unedited, seen for the first time. */
export interface Asked {
  readonly dependencies: HandlerDependencies;
  readonly subject: CommentSubject;
  readonly ground: Ground;
  readonly comment: IssueComment;
  readonly by: Person;
}

/** A command that stands on a policy: the one that open cases and halts stand on. */
export interface AskedUnderPolicy extends Asked {
  readonly policy: Policy;
}

/** What a command comes to: always one answer. */
export interface CommandResult {
  readonly answer: string;
  /** What it changes, in the transaction of the answer; false: it was done before, and nothing is said again. */
  readonly change?: (transaction: Transaction, at: Date) => Promise<boolean>;
  readonly looks?: readonly Subject[];
  readonly effects?: readonly Effect[];
  /** What the audit keeps; null: nothing was decided. */
  readonly record: AuditRecord | null;
}

/** What each command is known by: one row each. */
export function sourceOf({ subject }: Pick<Asked, "subject">): string {
  return `comment:${subject.commentId}`;
}

/** Whether the comment was answered before: a delivery that comes again commands nothing. */
export async function wasAnswered(
  { database }: Pick<HandlerDependencies, "database">,
  subject: CommentSubject,
): Promise<boolean> {
  return (await findEffect(database, effectTarget(answerEffect(subject, "")))) !== null;
}

function answerEffect(
  { repositoryId, issueNumber, commentId: answersComment }: CommentSubject,
  body: string,
): Effect {
  return { kind: "comment", repositoryId, issueNumber, answersComment, body };
}

/** Keeps what the command changes, its answer and its record, in one transaction. */
export async function finish(
  { dependencies, subject, ground }: Pick<Asked, "dependencies" | "subject" | "ground">,
  { answer, change, looks = [], effects = [], record }: CommandResult,
): Promise<void> {
  const { database, queue, clock } = dependencies;
  const at = clock.now();
  await database.transaction(async (transaction) => {
    if (change !== undefined && !(await change(transaction, at))) return;
    if (looks.length > 0) {
      const because = `comment ${subject.commentId}`;
      await queue.enqueue(
        transaction,
        looks.map((one) => ({ kind: "look", data: { subject: one, because } })),
      );
    }
    await sendToOutbox(transaction, queue, [answerEffect(subject, answer), ...effects], at);
    if (record === null) return;
    const { installationId } = ground.repository;
    await appendAudit(transaction, { installationId, at, record });
  });
}

/** What every record of a command says. */
export function recordOf(
  { subject, by }: Pick<Asked, "subject" | "by">,
  what: string,
  more: AuditRecord = {},
): AuditRecord {
  return {
    what,
    repository: subject.repositoryId,
    issue: subject.issueNumber,
    comment: subject.commentId,
    by: by.login,
    by_id: by.id,
    ...more,
  };
}

/** Refused: said once, and on record. `why` is for machines. */
export function refused(
  asked: Pick<Asked, "subject" | "by">,
  command: string,
  why: string,
  answer: string,
): CommandResult {
  return { answer, record: recordOf(asked, "command-refused", { command, because: why }) };
}

/** The subjects that show what holds: looked at again after every change. */
export function shownAt({ subject }: Pick<Asked, "subject">): readonly Subject[] {
  const { repositoryId, issueNumber: number } = subject;
  return [
    { kind: "gate", repositoryId },
    { kind: "issue", repositoryId, number },
  ];
}
