import type { StoredRequest, Wish } from "../../domain/requests/request.ts";
import * as wording from "../../domain/wording/cockpit/commands.ts";
import { appendAudit } from "../../store/audit.ts";
import { repeatEffect } from "../../store/effect.ts";
import { findRetryableEffect } from "../../store/refused-effect.ts";
import { findActiveRepository } from "../../store/repository.ts";
import { lockAskedRequest, settleRequest } from "../../store/request.ts";
import type { HandlerDependencies } from "../dependencies.ts";

/**
 * Tries again what was refused, or does not come through: somebody has put right what was in its way. For people with write access,
 * who could bring it about by changing something anyway.
 */
export async function retryEffect(
  { database, github, queue, clock }: HandlerDependencies,
  request: StoredRequest,
  { target }: Extract<Wish, { kind: "retry-effect" }>,
): Promise<void> {
  const { id, repositoryId, by } = request;
  const repository = await findActiveRepository(database, repositoryId);
  const permission = repository === null ? "none" : await github.readPermission(repository, by.login);
  const mayWrite = permission === "admin" || permission === "write";
  await database.transaction(async (transaction) => {
    if (!(await lockAskedRequest(transaction, id))) return;
    const at = clock.now();
    const refuse = (code: string, message: string): Promise<boolean> =>
      settleRequest(transaction, id, { state: "refused", answer: { code, message }, at });
    if (repository === null || !mayWrite)
      return void (await refuse("needs-write", wording.retryNeedsWrite()));
    const kind = await findRetryableEffect(transaction, repositoryId, target);
    if (kind === null) return void (await refuse("nothing-to-retry", wording.nothingToRetry()));
    await repeatEffect(transaction, target, at);
    await queue.enqueue(transaction, [{ kind: "effect", data: { target } }]);
    const answer = { code: "retry-effect", message: wording.triedAgain() };
    await settleRequest(transaction, id, { state: "done", answer, at });
    const record = {
      what: "effect-retried",
      repository: repositoryId,
      request: id,
      by: by.login,
      by_id: by.id,
      kind,
      target,
    };
    await appendAudit(transaction, { installationId: repository.installationId, at, record });
  });
}
