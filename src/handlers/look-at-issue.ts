import type { Subject } from "../domain/subject.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/** Looks at an issue's labels and state. */
export async function lookAtIssue(
  { log }: HandlerDependencies,
  subject: Extract<Subject, { kind: "issue" }>,
): Promise<void> {
  log.debug("nothing is done here yet", { repository: subject.repositoryId });
  await Promise.resolve();
}
