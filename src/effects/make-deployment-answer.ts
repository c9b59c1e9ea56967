import type { Effect } from "../domain/effect.ts";
import type { AnswersDeployments } from "../ports/deployments.ts";
import type { Posted } from "../ports/posts.ts";
import type { RepositoryRef } from "../ports/repository.ts";

/**
 * Answers the job that waits for a deployment protection rule. An answer may be quicker than GitHub itself: then it says
 * that nothing waits there, which rises as a fault, and the queue tries again.
 */
export async function makeDeploymentAnswer(
  github: AnswersDeployments,
  repository: RepositoryRef,
  { runId, environment, callbackUrl, answer, comment }: Extract<Effect, { kind: "deployment-answer" }>,
): Promise<Posted> {
  return await github.answerDeployment(repository, { runId, environment, callbackUrl, answer, comment });
}
