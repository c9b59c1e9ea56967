import type { Subject } from "../domain/subject.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/** Looks at what the gate shows. */
export async function lookAtGate(
  { log }: HandlerDependencies,
  subject: Extract<Subject, { kind: "gate" }>,
): Promise<void> {
  log.debug("nothing is done here yet", { repository: subject.repositoryId });
  await Promise.resolve();
}
