import { parseCommand } from "../domain/commands.ts";
import type { Effect } from "../domain/effect.ts";
import { type StatusQuestion, writeStatusAnswer } from "../domain/report/status-answer.ts";
import type { Subject } from "../domain/subject.ts";
import { answerToCommand, checkAsked, checkNeedsWriteAccess } from "../domain/wording/commands.ts";
import { sendToOutbox } from "../effects/outbox.ts";
import type { IssueComment } from "../ports.ts";
import type { JobRequest } from "../queue/jobs.ts";
import { permitFork } from "../store/fork-permit.ts";
import { findVerdict, type JudgedSubject } from "../store/subject.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { type Ground, readGround } from "./read-ground.ts";

type CommentSubject = Extract<Subject, { kind: "comment" }>;

/**
 * Obeys a `/holdpoint` comment. It counts when its author wrote it, unedited; bots never count. Who may do
 * what is read from GitHub now.
 */
export async function answerComment(
  dependencies: HandlerDependencies,
  subject: CommentSubject,
): Promise<void> {
  const ground = await readGround(dependencies, subject.repositoryId);
  if (ground === null || ground.policyState.state === "none") return;
  const comment = await dependencies.github.readComment(
    ground.repository,
    subject.issueNumber,
    subject.commentId,
  );
  if (comment.state !== "known" || comment.value.edited) return;
  const { author } = comment.value;
  if (author === null || author.isBot) return;
  const command = parseCommand(comment.value.body);
  if (command === null) return;
  const asked = { dependencies, subject, ground, comment: comment.value, login: author.login };
  if (command.kind === "check") return await checkAgain(asked);
  if (command.kind === "status") return await tellStatus(asked, ground.policyState);
  await reply(asked, answerToCommand(command), []);
}

interface Asked {
  readonly dependencies: HandlerDependencies;
  readonly subject: CommentSubject;
  readonly ground: Ground;
  readonly comment: IssueComment;
  readonly login: string;
}

/** From what is stored: whoever may read the statuses may ask, so nobody makes GitHub or Jira work by it. */
async function tellStatus(asked: Asked, policyState: StatusQuestion["policyState"]): Promise<void> {
  const { dependencies, subject, ground, comment } = asked;
  const { repositoryId, issueNumber: number } = subject;
  const { onPullRequest } = comment;
  const judged: JudgedSubject = onPullRequest
    ? { kind: "pull-request", repositoryId, number }
    : { kind: "deploy", repositoryId };
  const stored = await findVerdict(dependencies.database, judged);
  const question = { policyState, onPullRequest, private: ground.repository.private, stored };
  await reply(asked, writeStatusAnswer(question), []);
}

/** Looks again; on a pull request from a fork, somebody with write access thereby allows Jira to be asked. */
async function checkAgain(asked: Asked): Promise<void> {
  const { dependencies, subject, ground, comment, login } = asked;
  const { github, database, clock } = dependencies;
  const permission = await github.readPermission(ground.repository, login);
  if (permission !== "admin" && permission !== "write")
    return await reply(asked, checkNeedsWriteAccess(), []);
  const { repositoryId, issueNumber: number } = subject;
  if (comment.onPullRequest) {
    const pullRequest = await github.readPullRequest(ground.repository, number);
    if (pullRequest.state === "known") {
      const head = pullRequest.value.headSha;
      await permitFork(database, { repositoryId, number, head }, login, clock.now());
    }
  }
  const subjects: readonly Subject[] = [
    ...(comment.onPullRequest ? [{ kind: "pull-request", repositoryId, number } as const] : []),
    { kind: "deploy", repositoryId },
  ];
  const looks = subjects.map(
    (one) => ({ kind: "look", data: { subject: one, because: `asked by ${login}` } }) as const,
  );
  await reply(asked, checkAsked(), looks);
}

async function reply(
  { dependencies, subject }: Asked,
  body: string,
  looks: readonly JobRequest[],
): Promise<void> {
  const { database, queue, clock } = dependencies;
  const effect: Effect = {
    kind: "comment",
    repositoryId: subject.repositoryId,
    issueNumber: subject.issueNumber,
    answersComment: subject.commentId,
    body,
  };
  await database.transaction(async (transaction) => {
    if (looks.length > 0) await queue.enqueue(transaction, looks);
    await sendToOutbox(transaction, queue, [effect], clock.now());
  });
}
