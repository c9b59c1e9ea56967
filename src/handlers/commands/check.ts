import type { Subject } from "../../domain/subject.ts";
import { checkAsked, checkNeedsWriteAccess } from "../../domain/wording/commands.ts";
import { permitFork } from "../../store/fork-permit.ts";
import { retryRefusedEffects } from "../../store/refused-effect.ts";
import type { AskedInComment, CommandResult } from "./asked.ts";

/** Looks again; on a pull request from a fork, somebody with write access thereby allows Jira to be asked. */
export async function check({ dependencies, ground, said, by }: AskedInComment): Promise<CommandResult> {
  const { subject, comment } = said;
  const { github, database, queue, clock } = dependencies;
  const permission = await github.readPermission(ground.repository, by.login);
  if (permission !== "admin" && permission !== "write") {
    return { answer: checkNeedsWriteAccess(), record: null };
  }
  const { repositoryId, issueNumber: number } = subject;
  if (comment.onPullRequest) {
    const pullRequest = await github.readPullRequest(ground.repository, number);
    if (pullRequest.state === "known") {
      const head = pullRequest.value.headSha;
      await permitFork(database, { repositoryId, number, head }, by.login, clock.now());
    }
  }
  const looks: readonly Subject[] = [
    ...(comment.onPullRequest ? [{ kind: "pull-request", repositoryId, number } as const] : []),
    { kind: "deploy", repositoryId },
    { kind: "compliance", repositoryId },
  ];
  return {
    answer: checkAsked(),
    looks,
    record: null,
    async change(transaction, at) {
      const targets = await retryRefusedEffects(transaction, repositoryId, at);
      await queue.enqueue(
        transaction,
        targets.map((target) => ({ kind: "effect", data: { target } })),
      );
      return true;
    },
  };
}
