import type { Clock } from "../../src/clock.ts";
import type { DeliveryId, RepositoryId } from "../../src/domain/model.ts";
import type { Subject } from "../../src/domain/subject.ts";
import { type QueueOptions, createQueue } from "../../src/queue/create-queue.ts";
import type { JobHandlers, JobRequest } from "../../src/queue/jobs.ts";
import type { Queue } from "../../src/queue/queue.ts";
import type { TestDatabase } from "../database/harness.ts";
import { silentLog } from "../database/loud-log.ts";

export const wallClock: Clock = { now: () => new Date() };

/** A replica: a queue with a pool of its own. Failures are provoked, so nothing is logged. */
export async function openReplica(db: TestDatabase, options: Partial<QueueOptions> = {}): Promise<Queue> {
  return createQueue({
    url: db.url,
    database: await db.open(),
    clock: wallClock,
    log: silentLog,
    ...options,
  });
}

/** Handlers that refuse what the test does not expect. */
export function handlers(given: Partial<JobHandlers>): JobHandlers {
  return {
    delivery: () => Promise.reject(new Error("no delivery was expected")),
    look: () => Promise.reject(new Error("no look was expected")),
    effect: () => Promise.reject(new Error("no effect was expected")),
    ...given,
  };
}

export function delivery(id: string): JobRequest {
  if (!isDeliveryId(id)) throw new RangeError("a delivery has an id");
  return { kind: "delivery", data: { id } };
}

export function deployOf(repositoryId: number): Subject {
  if (!isRepositoryId(repositoryId)) throw new RangeError("a repository has a number");
  return { kind: "deploy", repositoryId };
}

function isDeliveryId(id: string): id is DeliveryId {
  return id !== "";
}

function isRepositoryId(id: number): id is RepositoryId {
  return id > 0;
}

export function look(repositoryId: number, because = "test"): JobRequest {
  return { kind: "look", data: { subject: deployOf(repositoryId), because } };
}

export async function put(db: TestDatabase, queue: Queue, ...jobs: JobRequest[]): Promise<void> {
  await db.database.transaction((transaction) => queue.enqueue(transaction, jobs));
}

/** A promise and what settles it. */
export function signalOnce(): { readonly happened: Promise<void>; readonly happen: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { happened: promise, happen: resolve };
}

/** Makes what waits for its retry due at once, for the test's sake. */
export async function endPauses(db: TestDatabase): Promise<void> {
  await db.database.query(
    `with due as (update pgboss.job set start_after = pgboss.job_now() where state = 'retry' returning name)
     select pg_notify('holdpoint_queue', name) from (select distinct name from due) as queue`,
  );
}
