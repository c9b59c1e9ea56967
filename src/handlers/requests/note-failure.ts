import type { StoredRequest } from "../../domain/requests/request.ts";
import { neverThrough, notYetThrough } from "../../domain/wording/cockpit/requests.ts";
import { asError } from "../../errors.ts";
import { isLastTry } from "../../queue/is-last-try.ts";
import type { JobContext } from "../../queue/jobs.ts";
import { lockAskedRequest, noteRequestAnswer, settleRequest } from "../../store/request.ts";
import type { HandlerDependencies } from "../dependencies.ts";

/**
 * Tells whoever asked that it did not work yet, or, after the last try, that it never will: nobody then does it behind their back once
 * they have asked anew. One that was decided meanwhile stays as it is.
 */
export async function noteFailure(
  { database, clock, log }: Pick<HandlerDependencies, "database" | "clock" | "log">,
  { id, repositoryId }: StoredRequest,
  thrown: unknown,
  context: Pick<JobContext, "retries">,
): Promise<"tried-again" | "given-up"> {
  const error = asError(thrown);
  const isLast = isLastTry(error, context);
  await database.transaction(async (transaction) => {
    if (!(await lockAskedRequest(transaction, id))) return;
    if (!isLast) {
      return await noteRequestAnswer(transaction, id, { code: "not-yet", message: notYetThrough() });
    }
    const answer = { code: "gave-up", message: neverThrough(id) };
    await settleRequest(transaction, id, { state: "failed", answer, at: clock.now() });
  });
  if (!isLast) return "tried-again";
  log.error("a request was given up after its last try", { request: id, repository: repositoryId, error });
  return "given-up";
}
