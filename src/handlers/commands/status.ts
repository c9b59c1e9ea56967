import { type StatusQuestion, writeStatusAnswer } from "../../domain/report/status-answer.ts";
import { findVerdict, type JudgedSubject } from "../../store/subject.ts";
import type { AskedInComment, CommandResult } from "./asked.ts";

/** From what is stored: whoever may read the statuses may ask, so nobody makes GitHub or Jira work by it. */
export async function status(
  { dependencies, said, ground }: AskedInComment,
  policyState: StatusQuestion["policyState"],
): Promise<CommandResult> {
  const { repositoryId, issueNumber: number } = said.subject;
  const { onPullRequest } = said.comment;
  const judged: JudgedSubject = onPullRequest
    ? { kind: "pull-request", repositoryId, number }
    : { kind: "deploy", repositoryId };
  const stored = await findVerdict(dependencies.database, judged);
  const question = { policyState, onPullRequest, private: ground.repository.private, stored };
  return { answer: writeStatusAnswer(question), record: null };
}
