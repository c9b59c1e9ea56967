import { type Job, systemClock } from "pg-boss";
import type { Clock } from "../clock.ts";
import type { Database, Transaction } from "../database/database.ts";
import { type Listener, listen } from "../database/listen.ts";
import { openDatabase } from "../database/open-database.ts";
import { openStatementRunner } from "../database/statement-runner.ts";
import type { Log } from "../log.ts";
import { type BossClock, joining, startBoss } from "./boss.ts";
import { countJobs, hasWork } from "./counts.ts";
import { insertJobs } from "./enqueue.ts";
import { readInsertFrom } from "./insert-from.ts";
import type { JobData, JobHandlers, JobKind, JobRequest } from "./jobs.ts";
import { listParked, takeParked } from "./parked.ts";
import type { DeliveryJobs, Queue } from "./queue.ts";
import { runJob } from "./run-job.ts";
import { type Worker, startWorker } from "./worker.ts";

export interface QueueOptions {
  readonly url: string;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** How many jobs of each kind run at once in this process; 4 unless given. */
  readonly concurrency?: Partial<Readonly<Record<JobKind, number>>>;
  /** pg-boss's own time and timers; simulation steps them. */
  readonly bossClock?: BossClock;
  /** How connections are opened; another way where somebody watches or breaks them. */
  readonly open?: typeof openDatabase;
  /** Milliseconds between two looks without being told to; what NOTIFY misses waits that long. */
  readonly pollEvery?: number;
  /** Seconds between two passes over stale heartbeats. */
  readonly superviseEvery?: number;
}

const CONCURRENCY = 4;
/** Milliseconds; what NOTIFY misses waits that long. */
export const POLL_EVERY = 5_000;
const CONNECTIONS = 4;
const CHANNEL = "holdpoint_queue";
/** How long `idle` waits without a sign from a worker of this process: others may be at work. */
const IDLE_LOOK_EVERY = 50;

/** Opens the queue; nothing is worked on before `work`. The database must be migrated and `installQueue` have run. */
export async function createQueue(options: QueueOptions): Promise<Queue> {
  const { database, clock, log } = options;
  const settling = await (options.open ?? openDatabase)({ url: options.url, purpose: "settle", log });
  const runner = openStatementRunner({ url: options.url, connections: CONNECTIONS, log });
  const boss = await startBoss({
    runner,
    log,
    supervise: true,
    ...(options.superviseEvery === undefined ? {} : { superviseEvery: options.superviseEvery }),
    ...(options.bossClock === undefined ? {} : { clock: options.bossClock }),
  });
  const insertDeliveriesFrom = await readInsertFrom(boss, "delivery");
  const workers = new Map<string, Worker>();
  const waiting = new Set<() => void>();
  let listener: Listener | undefined;

  async function enqueue(transaction: Transaction, jobs: readonly JobRequest[]): Promise<void> {
    const ready = await insertJobs(boss, transaction, jobs, clock.now());
    for (const kind of ready) await announce(transaction, kind);
  }

  /**
   * A worker of this process that has room is told directly, without a round trip; else others are told by NOTIFY, which
   * costs every commit that carries it a lock shared by all.
   */
  async function announce(transaction: Transaction, kind: string): Promise<void> {
    const worker = workers.get(kind);
    if (worker?.hasRoom() === true) transaction.afterCommit(worker.wake);
    else await transaction.query("select pg_notify($1, $2)", [CHANNEL, kind]);
  }

  function deliveryJobs(): DeliveryJobs {
    const worker = workers.get("delivery");
    const hasRoom = worker?.hasRoom() === true;
    const jobs = insertDeliveriesFrom(
      "select gen_random_uuid() as id, json_build_object('id', id) as data from stored",
    );
    const told = hasRoom ? "" : `, (select pg_notify('${CHANNEL}', 'delivery'))`;
    return {
      statementFor: (insert) =>
        `with stored as (${insert}), queued as (${jobs}) select id${told} from stored`,
      stored: () => {
        if (hasRoom) worker.wake();
      },
    };
  }

  function startKind<Data>(
    queue: JobKind | "later",
    run: (job: Job<Data>, signal: AbortSignal) => Promise<boolean>,
  ): void {
    workers.set(
      queue,
      startWorker<Data>({
        boss,
        database: settling,
        queue,
        concurrency: queue === "later" ? 1 : (options.concurrency?.[queue] ?? CONCURRENCY),
        run,
        onSettled: () => waiting.forEach((look) => look()),
        clock: options.bossClock ?? systemClock,
        pollEvery: options.pollEvery ?? POLL_EVERY,
        log,
      }),
    );
  }

  async function work(handlers: JobHandlers): Promise<void> {
    const run = { boss, database: settling, clock, log };
    startKind<JobData["delivery"]>("delivery", (job, signal) =>
      runJob(run, { kind: "delivery", data: job.data }, job, signal, (context) =>
        handlers.delivery(job.data, context),
      ),
    );
    startKind<JobData["look"]>("look", (job, signal) =>
      runJob(run, { kind: "look", data: job.data }, job, signal, (context) =>
        handlers.look(job.data, context),
      ),
    );
    startKind<JobData["effect"]>("effect", (job, signal) =>
      runJob(run, { kind: "effect", data: job.data }, job, signal, (context) =>
        handlers.effect(job.data, context),
      ),
    );
    startKind<JobRequest>("later", async (job) => {
      await database.transaction(async (transaction) => {
        await enqueue(transaction, [job.data]);
        await boss.deleteJob("later", job, joining(transaction));
      });
      return false;
    });
    listener = await listen({
      url: options.url,
      channel: CHANNEL,
      onMessage: (kind) => workers.get(kind)?.wake(),
      onConnect: () => workers.forEach((worker) => worker.wake()),
      log,
    });
  }

  /** Waits for a worker of this process to have settled something, or a little while: others may be at work. */
  function nextSign(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, IDLE_LOOK_EVERY);
      function done(): void {
        clearTimeout(timer);
        waiting.delete(done);
        resolve();
      }
      waiting.add(done);
    });
  }

  return {
    enqueue,
    deliveryJobs,
    work,
    async idle(signal) {
      while (![...workers.values()].every((worker) => worker.isIdle()) || (await hasWork(database))) {
        await nextSign();
        signal?.throwIfAborted();
      }
    },
    counts: () => countJobs(database),
    listParked: (limit) => listParked(database, limit),
    retryParked: (id) =>
      database.transaction(async (transaction) => {
        const request = await takeParked(transaction, id);
        if (request !== null) await enqueue(transaction, [request]);
        return request !== null;
      }),
    async stop(grace) {
      await listener?.close();
      await Promise.all([...workers.values()].map((worker) => worker.stop(grace)));
      await boss.stop({ graceful: false });
      await runner.close();
      await settling.close();
    },
  };
}
