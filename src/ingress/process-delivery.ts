import type { Clock } from "../clock.ts";
import type { Database, Transaction } from "../database/database.ts";
import type { DomainEvent } from "../domain/event.ts";
import type { DeliveryId } from "../domain/model.ts";
import { type Subject, subjectKey } from "../domain/subject.ts";
import { installationGone, ownEvent } from "../domain/wording/ingress.ts";
import { asError } from "../errors.ts";
import type { Log } from "../log.ts";
import { isLastTry } from "../queue/is-last-try.ts";
import type { JobContext } from "../queue/jobs.ts";
import type { Queue } from "../queue/queue.ts";
import { findDelivery, finishDelivery, type StoredDelivery } from "../store/delivery.ts";
import { appendAudit } from "../store/audit.ts";
import { findInstallationState } from "../store/installation.ts";
import { retryRefusedEffects } from "../store/refused-effect.ts";
import { hearRed } from "../store/heard-red.ts";
import { readWhose, restoreStatus } from "../store/restore-status.ts";
import type { Translator } from "./create-translator.ts";
import { learn } from "./learn.ts";
import { neededLooks } from "./needed-looks.ts";
import { translateDelivery } from "./translate-delivery.ts";
import type { ReportedStatus, Translation } from "./translation.ts";

export interface ProcessingDependencies {
  readonly appId: number;
  readonly translate: Translator;
  readonly database: Database;
  readonly queue: Pick<Queue, "enqueue">;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Turns one stored delivery into looks. What is learned of repositories, the looks and the delivery's end are
 * one transaction: killed before it, everything is done again; after it, nothing is. A delivery that throws is
 * noted as failed and thrown on: the queue tries it again, with pauses, and parks it in the end.
 */
export async function processDelivery(
  dependencies: ProcessingDependencies,
  id: DeliveryId,
  context: Pick<JobContext, "retries"> = { retries: 0 },
): Promise<void> {
  const { database, log } = dependencies;
  const delivery = await findDelivery(database, id);
  if (delivery === null || delivery.state === "processed" || delivery.state === "ignored") return;
  const { event, sameBodyAs } = delivery;
  if (sameBodyAs !== null) {
    log.warn("a delivery repeats the body of another one", { delivery: id, event, same: sameBodyAs });
  }
  try {
    await settle(dependencies, delivery, await translateDelivery(dependencies, delivery));
  } catch (error) {
    await noteFailure(dependencies, id, error, context);
    throw error;
  }
}

async function settle(
  { database, queue, clock, log }: ProcessingDependencies,
  { id, event }: StoredDelivery,
  translation: Translation,
): Promise<void> {
  switch (translation.kind) {
    case "invalid": {
      const { reason } = translation;
      log.warn("a delivery was parked", { delivery: id, event, reason });
      await finishDelivery(database, id, "parked", reason, clock.now());
      return;
    }
    case "ignored":
      await finishDelivery(database, id, "ignored", translation.reason, clock.now());
      return;
    case "events":
      await database.transaction((transaction) =>
        act({ queue, clock, log }, transaction, { id, event, translation }),
      );
  }
}

interface Told {
  readonly id: DeliveryId;
  readonly event: string;
  readonly translation: Extract<Translation, { kind: "events" }>;
}

/** What the events of one delivery come to, in its transaction. */
async function act(
  { queue, clock, log }: Pick<ProcessingDependencies, "queue" | "clock" | "log">,
  transaction: Transaction,
  { id, event, translation }: Told,
): Promise<void> {
  const at = clock.now();
  const { underOurName: shown } = translation;
  const ended = await findEndedInstallation(transaction, translation.events);
  const whose = shown === undefined || ended !== null ? "not-ours" : await readWhose(transaction, shown);
  const ignored = ended !== null ? installationGone(ended) : whose === "ours" ? ownEvent() : null;
  const state = ignored === null ? "processed" : "ignored";
  const finished = await finishDelivery(transaction, id, state, ignored, at);
  if (ignored !== null || !finished) return;
  const subjects: Subject[] = [];
  for (const one of translation.events) {
    const needed = await neededLooks(transaction, one);
    subjects.push(...(await learn(transaction, one, at)), ...needed);
    if (
      one.kind === "check-finished" &&
      one.red === true &&
      needed.some(({ kind }) => kind === "compliance")
    ) {
      await hearRed(transaction, one.repository.id, one.sha, at);
    }
  }
  const looks = new Map(subjects.map((subject) => [subjectKey(subject), subject]));
  if (looks.size > 0) {
    await queue.enqueue(
      transaction,
      [...looks.values()].map((subject) => ({ kind: "look", data: { subject, because: event } })),
    );
  }
  await retryRefused(queue, transaction, translation.events, at);
  if (shown === undefined || whose === "not-ours" || whose === "ours") return;
  const { target, record } = await restoreStatus(transaction, shown, whose, at);
  if (target !== null) await queue.enqueue(transaction, [{ kind: "effect", data: { target } }]);
  if (record === null) return;
  const { installationId } = shown.repository;
  await appendAudit(transaction, { installationId, at, record: { ...record, delivery: id } });
  transaction.afterCommit(() => warnOf(log, shown, target !== null));
}

/** "Check again": what was refused for good is posted once more, too. */
async function retryRefused(
  queue: ProcessingDependencies["queue"],
  transaction: Transaction,
  events: readonly DomainEvent[],
  at: Date,
): Promise<void> {
  for (const event of events) {
    if (event.kind !== "check-again-asked") continue;
    const targets = await retryRefusedEffects(transaction, event.repository.id, at);
    await queue.enqueue(
      transaction,
      targets.map((target) => ({ kind: "effect", data: { target } })),
    );
  }
}

function warnOf(log: Log, { repository, sha, context, state, by }: ReportedStatus, restored: boolean): void {
  const fields = { repository: repository.id, sha, context, state, by };
  if (restored) log.warn("somebody else set Holdpoint's own status; it is set right", fields);
  else log.error("somebody sets Holdpoint's own status again and again; it is left as it is", fields);
}

/** A suspended or removed installation's late deliveries are kept and do nothing: its token is no good. */
async function findEndedInstallation(
  transaction: Transaction,
  events: readonly DomainEvent[],
): Promise<"suspended" | "deleted" | null> {
  for (const event of events) {
    if (!("repository" in event)) continue;
    const state = await findInstallationState(transaction, event.repository.installationId);
    if (state !== null && state !== "active") return state;
  }
  return null;
}

/** The row says what its last try said. Where not even that can be stored, the queue still knows. */
async function noteFailure(
  { database, clock, log }: ProcessingDependencies,
  id: DeliveryId,
  thrown: unknown,
  context: Pick<JobContext, "retries">,
): Promise<void> {
  const error = asError(thrown);
  const state = isLastTry(error, context) ? "parked" : "failed";
  try {
    await finishDelivery(database, id, state, error.message, clock.now());
  } catch (unnoted) {
    log.warn("a delivery's failure could not be noted", { delivery: id, error: asError(unnoted) });
  }
}
