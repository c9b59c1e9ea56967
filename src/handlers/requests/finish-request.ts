import type { Transaction } from "../../database/database.ts";
import type { Effect } from "../../domain/effect.ts";
import type { RepositoryFacts } from "../../domain/model.ts";
import type { RequestAnswer, RequestState, StoredRequest } from "../../domain/requests/request.ts";
import type { Subject } from "../../domain/subject.ts";
import { nothingDoneForRepository } from "../../domain/wording/effect.ts";
import { sendToOutbox } from "../../effects/outbox.ts";
import { appendAudit, type AuditRecord } from "../../store/audit.ts";
import { lockAskedRequest, settleRequest } from "../../store/request.ts";
import type { HandlerDependencies } from "../dependencies.ts";

export interface RequestResult {
  readonly state: Exclude<RequestState, "asked">;
  readonly answer: RequestAnswer;
  readonly effects?: readonly Effect[];
  readonly looks?: readonly Subject[];
  /** What the audit keeps beside who and where. */
  readonly record: AuditRecord & { readonly what: string };
}

/** Keeps what a request came to, with what follows from it and its record, in one transaction, once. */
export async function finishRequest(
  { database, queue, clock }: Pick<HandlerDependencies, "database" | "queue" | "clock">,
  repository: Pick<RepositoryFacts, "id" | "installationId">,
  { id, by }: StoredRequest,
  decide: (transaction: Transaction, at: Date) => Promise<RequestResult>,
): Promise<void> {
  await database.transaction(async (transaction) => {
    // Looked at twice, or by two at once: whoever comes later finds it decided.
    if (!(await lockAskedRequest(transaction, id))) return;
    const at = clock.now();
    const { state, answer, effects = [], looks = [], record } = await decide(transaction, at);
    await settleRequest(transaction, id, { state, answer, at });
    await sendToOutbox(transaction, queue, effects, at);
    await queue.enqueue(
      transaction,
      looks.map((subject) => ({ kind: "look", data: { subject, because: `request ${id}` } })),
    );
    const who = { repository: repository.id, request: id, by: by.login, by_id: by.id };
    const { installationId } = repository;
    await appendAudit(transaction, { installationId, at, record: { ...record, ...who } });
  });
}

/** Nothing is done for the repository any more: it is archived, or the App is not there. */
export async function failRequest(
  { database, clock }: Pick<HandlerDependencies, "database" | "clock">,
  { id }: StoredRequest,
): Promise<void> {
  const answer = { code: "nothing-done", message: nothingDoneForRepository() };
  await settleRequest(database, id, { state: "failed", answer, at: clock.now() });
}
