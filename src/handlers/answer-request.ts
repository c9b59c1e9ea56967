import type { StoredRequest } from "../domain/requests/request.ts";
import type { Subject } from "../domain/subject.ts";
import type { JobContext } from "../queue/jobs.ts";
import { findRequest } from "../store/request.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { attachTicket } from "./requests/attach-ticket.ts";
import { changeTicket } from "./requests/change-ticket.ts";
import { obeyRequest } from "./requests/obey-request.ts";
import { noteFailure } from "./requests/note-failure.ts";
import { readAgain } from "./requests/read-again.ts";
import { retryEffect } from "./requests/retry-effect.ts";

/**
 * Does what somebody asked for in the cockpit, once. Who may do what is read from GitHub now. What throws is tried again by the queue;
 * whoever asked reads that, and in the end that nothing was done.
 */
export async function answerRequest(
  dependencies: HandlerDependencies,
  { requestId }: Extract<Subject, { kind: "request" }>,
  context: Pick<JobContext, "retries"> = { retries: 0 },
): Promise<void> {
  const request = await findRequest(dependencies.database, requestId);
  if (request === null || request.state !== "asked") return;
  try {
    await answer(dependencies, request);
  } catch (error) {
    if ((await noteFailure(dependencies, request, error, context)) === "tried-again") throw error;
  }
}

async function answer(dependencies: HandlerDependencies, request: StoredRequest): Promise<void> {
  const { wish } = request;
  switch (wish.kind) {
    case "check":
      return await readAgain(dependencies, request);
    case "command":
      return await obeyRequest(dependencies, request, wish);
    case "fill-fields":
    case "move-ticket":
      return await changeTicket(dependencies, request, wish);
    case "attach-ticket":
    case "detach-ticket":
      return await attachTicket(dependencies, request, wish);
    case "retry-effect":
      return await retryEffect(dependencies, request, wish);
  }
}
