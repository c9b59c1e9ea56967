import type { Job } from "pg-boss";
import { openStatementRunner } from "../../src/database/statement-runner.ts";
import { joining, startBoss } from "../../src/queue/boss.ts";
import { countJobs } from "../../src/queue/counts.ts";
import type { QueueOptions } from "../../src/queue/create-queue.ts";
import { insertJobs } from "../../src/queue/enqueue.ts";
import { readInsertFrom } from "../../src/queue/insert-from.ts";
import type { JobData, JobHandlers, JobRequest } from "../../src/queue/jobs.ts";
import { listParked, takeParked } from "../../src/queue/parked.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { runJob } from "../../src/queue/run-job.ts";
import { openDatabase } from "../../src/database/open-database.ts";

export type QueueName = "delivery" | "look" | "effect" | "later";

/** The real queue, with nobody at work until somebody steps it: one job at a time, each to its end. */
export interface SteppedQueue extends Queue {
  /** Takes the next job of this kind that is due and runs it; false: there is none. */
  readonly step: (name: QueueName) => Promise<boolean>;
  /** Gives jobs of the dead to others, as the supervisor does again and again. */
  readonly supervise: () => Promise<void>;
}

export async function createSteppedQueue(options: QueueOptions): Promise<SteppedQueue> {
  const { database, clock, log, url, bossClock } = options;
  const settling = await (options.open ?? openDatabase)({ url, purpose: "settle", log });
  const runner = openStatementRunner({ url, connections: 2, log });
  const boss = await startBoss({
    runner,
    log,
    supervise: false,
    ...(bossClock === undefined ? {} : { clock: bossClock }),
  });
  const insertDeliveriesFrom = await readInsertFrom(boss, "delivery");
  const run = { boss, database: settling, clock, log };
  const never = new AbortController().signal;
  let handlers: JobHandlers | null = null;

  async function enqueue(
    transaction: Parameters<Queue["enqueue"]>[0],
    jobs: readonly JobRequest[],
  ): Promise<void> {
    await insertJobs(boss, transaction, jobs, clock.now());
  }

  async function fetchOne<Data>(name: QueueName): Promise<Job<Data> | null> {
    const [job] = await boss.fetch<Data>(name, { batchSize: 1 });
    return job ?? null;
  }

  async function step(name: QueueName): Promise<boolean> {
    if (handlers === null) throw new Error("the queue has no handlers yet");
    const { delivery, look, effect } = handlers;
    if (name === "delivery") {
      const job = await fetchOne<JobData["delivery"]>(name);
      if (job === null) return false;
      await runJob(run, { kind: name, data: job.data }, job, never, (context) => delivery(job.data, context));
    } else if (name === "look") {
      const job = await fetchOne<JobData["look"]>(name);
      if (job === null) return false;
      await runJob(run, { kind: name, data: job.data }, job, never, (context) => look(job.data, context));
    } else if (name === "effect") {
      const job = await fetchOne<JobData["effect"]>(name);
      if (job === null) return false;
      await runJob(run, { kind: name, data: job.data }, job, never, (context) => effect(job.data, context));
    } else {
      const job = await fetchOne<JobRequest>(name);
      if (job === null) return false;
      await database.transaction(async (transaction) => {
        await enqueue(transaction, [job.data]);
        await boss.deleteJob("later", job, joining(transaction));
      });
    }
    return true;
  }

  return {
    enqueue,
    deliveryJobs: () => ({
      statementFor: (insert) => {
        // Of the row's own number, so that a run can be repeated: chance would order jobs of one moment.
        const jobs = insertDeliveriesFrom(
          "select md5(id::text)::uuid as id, json_build_object('id', id) as data from stored",
        );
        return `with stored as (${insert}), queued as (${jobs}) select id from stored`;
      },
      stored: () => undefined,
    }),
    work: (given) => {
      handlers = given;
      return Promise.resolve();
    },
    idle: () => Promise.resolve(),
    counts: () => countJobs(database),
    listParked: (limit) => listParked(database, limit),
    retryParked: (id) =>
      database.transaction(async (transaction) => {
        const request = await takeParked(transaction, id);
        if (request !== null) await enqueue(transaction, [request]);
        return request !== null;
      }),
    async stop() {
      await boss.stop({ graceful: false });
      await runner.close();
      await settling.close();
    },
    step,
    supervise: () => boss.supervise(),
  };
}
