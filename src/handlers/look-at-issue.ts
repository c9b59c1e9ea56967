import { decideIssue } from "../domain/authority/decide-issue.ts";
import type { Subject } from "../domain/subject.ts";
import { beginLook } from "../store/subject.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { isOver, isOfCases } from "./ending-overrides.ts";
import { readGround } from "./read-ground.ts";
import { readIssueQuestion, readStoredIssue } from "./read-issue.ts";
import { saveIssue, saveIssueGone } from "./save-issue.ts";
import { saveNothing } from "./save-verdict.ts";

/**
 * Looks at an issue's or a pull request's labels and state: who put on or took off what, who closed it, and what follows. Ends overrides
 * that were said on it and are over. An issue that is deleted or transferred releases nothing.
 */
export async function lookAtIssue(
  dependencies: HandlerDependencies,
  subject: Extract<Subject, { kind: "issue" }>,
): Promise<void> {
  const { database, github, clock } = dependencies;
  const run = await beginLook(database, subject);
  if (run === null) return;
  const ground = await readGround(dependencies, subject.repositoryId);
  if (ground === null) return;
  const { repository, standing: policy } = ground;
  if (policy === null) {
    return await saveNothing(dependencies, run, { head: null, closed: true, lookAgainAt: null });
  }
  const { number } = subject;
  const issue = await github.readIssue(repository, number);
  const stored = await readStoredIssue(dependencies, repository, number);
  const given = { repository, policy, number, stored };
  if (issue.state !== "known") {
    return await saveIssueGone(dependencies, run, { ...given, gone: issue.state === "missing" });
  }
  const open = new Set(stored.openCases.map(({ id }) => id));
  const lasting = stored.overrides.flatMap((one) => {
    const { scope, source } = one;
    return isOfCases(scope) && !isOver(one, open, clock.now()) ? [{ source, caseIds: scope.caseIds }] : [];
  });
  const { question, newest } = await readIssueQuestion(dependencies, {
    ...given,
    issue: issue.value,
    lasting,
  });
  const decision = decideIssue(question);
  await saveIssue(dependencies, run, { ...given, question, decision, newest });
}
