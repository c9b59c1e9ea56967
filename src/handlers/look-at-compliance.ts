import type { Subject } from "../domain/subject.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/** Looks at the deferred checks of the trunk. */
export async function lookAtCompliance(
  { log }: HandlerDependencies,
  subject: Extract<Subject, { kind: "compliance" }>,
): Promise<void> {
  log.debug("nothing is done here yet", { repository: subject.repositoryId });
  await Promise.resolve();
}
