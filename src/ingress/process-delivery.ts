import type { Clock } from "../clock.ts";
import type { Database, Transaction } from "../database/database.ts";
import { effectTarget } from "../domain/effect.ts";
import { type DomainEvent, subjectsOf } from "../domain/event.ts";
import type { DeliveryId } from "../domain/model.ts";
import { type Subject, subjectKey } from "../domain/subject.ts";
import { installationGone, ownEvent } from "../domain/wording/ingress.ts";
import { Fault, asError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { JobContext } from "../queue/jobs.ts";
import type { Queue } from "../queue/queue.ts";
import { TRIES } from "../queue/queues.ts";
import { findDelivery, finishDelivery, type StoredDelivery } from "../store/delivery.ts";
import { findEffect } from "../store/effect.ts";
import { findInstallationState } from "../store/installation.ts";
import type { Translator } from "./create-translator.ts";
import { learn } from "./learn.ts";
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
    await noteFailure(dependencies, id, error, context.retries);
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
      await database.transaction(async (transaction) => {
        const at = clock.now();
        const ignored = await whyToIgnore(transaction, translation);
        const finished = await finishDelivery(
          transaction,
          id,
          ignored === null ? "processed" : "ignored",
          ignored,
          at,
        );
        if (ignored !== null || !finished) return;
        const subjects: Subject[] = [];
        for (const one of translation.events) {
          subjects.push(...(await learn(transaction, one, at)), ...subjectsOf(one));
        }
        const looks = new Map(subjects.map((subject) => [subjectKey(subject), subject]));
        if (looks.size === 0) return;
        await queue.enqueue(
          transaction,
          [...looks.values()].map((subject) => ({ kind: "look", data: { subject, because: event } })),
        );
      });
  }
}

async function whyToIgnore(
  transaction: Transaction,
  { events, unlessWished }: Extract<Translation, { kind: "events" }>,
): Promise<string | null> {
  if (unlessWished !== undefined && (await isWished(transaction, unlessWished))) return ownEvent();
  const state = await findEndedInstallation(transaction, events);
  return state === null ? null : installationGone(state);
}

/** Whether the status is what Holdpoint itself wants to stand there; whoever posted it, it is no news. */
async function isWished(transaction: Transaction, reported: ReportedStatus): Promise<boolean> {
  const { repositoryId, sha, context, state, description } = reported;
  const target = effectTarget({
    kind: "status",
    repositoryId,
    sha,
    context,
    state: "pending",
    description,
    targetUrl: null,
  });
  const desired = (await findEffect(transaction, target))?.desired;
  return desired?.kind === "status" && desired.state === state && desired.description === description;
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
  retries: number,
): Promise<void> {
  const error = asError(thrown);
  const last = retries + 1 >= TRIES || (error instanceof Fault && error.kind !== "retry-later");
  try {
    await finishDelivery(database, id, last ? "parked" : "failed", error.message, clock.now());
  } catch (unnoted) {
    log.warn("a delivery's failure could not be noted", { delivery: id, error: asError(unnoted) });
  }
}
