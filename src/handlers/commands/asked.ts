import type { Transaction } from "../../database/database.ts";
import type { Person } from "../../domain/authority/issue-event.ts";
import { type Effect, effectTarget } from "../../domain/effect.ts";
import type { Policy } from "../../domain/policy.ts";
import type { StoredRequest, WishPlace } from "../../domain/requests/request.ts";
import type { Subject } from "../../domain/subject.ts";
import { sendToOutbox } from "../../effects/outbox.ts";
import type { IssueComment } from "../../ports/issues.ts";
import { appendAudit, type AuditRecord } from "../../store/audit.ts";
import { findEffect } from "../../store/effect.ts";
import type { HandlerDependencies } from "../dependencies.ts";
import type { Ground } from "../read-ground.ts";

export type CommentSubject = Extract<Subject, { kind: "comment" }>;

/** Where a command was given. */
export type Said =
  /** By somebody who wrote it, unedited, seen for the first time. */
  | { readonly door: "comment"; readonly subject: CommentSubject; readonly comment: IssueComment }
  /** By a form, which says what it was shown beside. */
  | {
      readonly door: "cockpit";
      readonly request: Pick<StoredRequest, "id" | "askedAt">;
      readonly on: WishPlace;
    };

export interface Asked {
  readonly dependencies: HandlerDependencies;
  readonly ground: Ground;
  readonly said: Said;
  /** The issue or pull request that it is about; null: none, or one that has no number yet. */
  readonly issueNumber: number | null;
  readonly by: Person;
}

export interface AskedInComment extends Asked {
  readonly said: Extract<Said, { readonly door: "comment" }>;
}

/** A command that stands on a policy: the one that open cases and halts stand on. */
export interface AskedUnderPolicy extends Asked {
  readonly policy: Policy;
}

/** What a command comes to: always one answer. */
export interface CommandResult {
  /** In Markdown. */
  readonly answer: string;
  /** Why nothing was done, for machines; left out: it was. */
  readonly refusal?: string;
  /** What it changes, in the transaction of the answer; false: it was done before, and nothing is said again. */
  readonly change?: (transaction: Transaction, at: Date) => Promise<boolean>;
  readonly looks?: readonly Subject[];
  readonly effects?: readonly Effect[];
  /** What the audit keeps; null: nothing was decided. */
  readonly record: AuditRecord | null;
}

/** What each command is known by: one row each. */
export function sourceOf({ said }: Pick<Asked, "said">): string {
  return said.door === "comment" ? `comment:${said.subject.commentId}` : `request:${said.request.id}`;
}

/** When it was said, by GitHub's clock or by ours. */
export function saidAt({ said }: Pick<Asked, "said">): Date {
  return said.door === "comment" ? said.comment.at : said.request.askedAt;
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
export async function finish(asked: AskedInComment, result: CommandResult): Promise<void> {
  const { database, clock } = asked.dependencies;
  const at = clock.now();
  const answer = answerEffect(asked.said.subject, result.answer);
  await database.transaction((transaction) => carryOut(transaction, asked, result, [answer], at));
}

/** False: it was done before, and nothing was written. `answers` tell of it beside the command's own effects. */
export async function carryOut(
  transaction: Transaction,
  asked: Pick<Asked, "dependencies" | "ground" | "said">,
  { change, looks = [], effects = [], record }: CommandResult,
  answers: readonly Effect[],
  at: Date,
): Promise<boolean> {
  const { queue } = asked.dependencies;
  if (change !== undefined && !(await change(transaction, at))) return false;
  if (looks.length > 0) {
    const because = sourceOf(asked).replace(":", " ");
    await queue.enqueue(
      transaction,
      looks.map((one) => ({ kind: "look", data: { subject: one, because } })),
    );
  }
  await sendToOutbox(transaction, queue, [...answers, ...effects], at);
  const { installationId } = asked.ground.repository;
  if (record !== null) await appendAudit(transaction, { installationId, at, record });
  return true;
}

/** What every record of a command says. */
export function recordOf(
  { ground, said, issueNumber, by }: Pick<Asked, "ground" | "said" | "issueNumber" | "by">,
  what: string,
  more: AuditRecord = {},
): AuditRecord {
  return {
    what,
    repository: ground.repository.id,
    issue: issueNumber,
    ...(said.door === "comment" ? { comment: said.subject.commentId } : { request: said.request.id }),
    by: by.login,
    by_id: by.id,
    ...more,
  };
}

/** Refused: said once, and on record. `why` is for machines. */
export function refused(
  asked: Pick<Asked, "ground" | "said" | "issueNumber" | "by">,
  command: string,
  why: string,
  answer: string,
): CommandResult {
  const record = recordOf(asked, "command-refused", { command, because: why });
  return { answer, refusal: why, record };
}

/** The subjects that show what holds: looked at again after every change. */
export function shownAt({ ground, issueNumber }: Pick<Asked, "ground" | "issueNumber">): readonly Subject[] {
  const { id: repositoryId } = ground.repository;
  return [
    { kind: "gate", repositoryId },
    ...(issueNumber === null ? [] : [{ kind: "issue", repositoryId, number: issueNumber } as const]),
  ];
}
