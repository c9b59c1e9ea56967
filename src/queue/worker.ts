import type { Job, PgBoss } from "pg-boss";
import { asError } from "../errors.ts";
import type { Log } from "../log.ts";
import { type BossClock, joining, reachedIds } from "./boss.ts";
import type { Database } from "../database/database.ts";
import { HEARTBEAT } from "./queues.ts";

/** Fetches jobs of one pg-boss queue and runs them, a few at a time. */
export interface Worker {
  /** There may be something to do. */
  readonly wake: () => void;
  /** Whether it could take one more at once. */
  readonly hasRoom: () => boolean;
  /** Nothing active and nothing being fetched. */
  readonly isIdle: () => boolean;
  /** Fetches no more, waits for the active ones within the grace (milliseconds), gives the rest back. */
  readonly stop: (grace: number) => Promise<void>;
}

export interface WorkerOptions<Data> {
  readonly boss: PgBoss;
  readonly database: Database;
  readonly queue: string;
  readonly concurrency: number;
  /** Runs and settles one job; answers whether it left another one to do. Must not throw but for faults of the database. */
  readonly run: (job: Job<Data>, signal: AbortSignal) => Promise<boolean>;
  /** After each job, whatever became of it. */
  readonly onSettled: () => void;
  readonly clock: BossClock;
  readonly pollEvery: number;
  readonly heartbeatEvery?: number;
  readonly log: Log;
}

interface Running {
  readonly job: { readonly id: string; readonly retryCount: number };
  readonly group: string | null;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/**
 * Why not pg-boss's own `work`: with one job a fetch it pauses after each job until the next NOTIFY or poll,
 * however many are queued; with several it waits for the slowest of them; and it cannot settle a job in a
 * transaction of ours together with its turn.
 */
export function startWorker<Data>(options: WorkerOptions<Data>): Worker {
  const { boss, queue, concurrency, clock, log } = options;
  const active = new Map<string, Running>();
  const stopping = new AbortController();
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  /** Whether the last look may have left something that this process could not take then, and can when a job ends. */
  let leftSome = true;
  let failing = false;

  function wake(): void {
    lookAgain = true;
    if (looking !== null || stopping.signal.aborted) return;
    looking = look().finally(() => {
      looking = null;
      options.onSettled();
      // Woken between the last look and here.
      if (lookAgain && hasRoom()) wake();
    });
  }

  async function look(): Promise<void> {
    while (lookAgain && hasRoom()) {
      lookAgain = false;
      try {
        while (hasRoom() && (await fetchSome()));
        failing = false;
      } catch (error) {
        // The next poll tries again; once is enough to say so.
        if (!failing) log.warn("jobs cannot be fetched", { queue, error: asError(error) });
        failing = true;
      }
    }
  }

  /** Answers whether there may be more for the places that are left: fewer than were asked for are all there are. */
  async function fetchSome(): Promise<boolean> {
    const { batchSize, ignoreGroups } = planFetch(active.values(), concurrency);
    leftSome = true;
    const jobs = await boss.fetch<Data>(queue, { batchSize, ignoreGroups });
    if (stopping.signal.aborted) {
      await giveBack(jobs);
      return false;
    }
    for (const job of jobs) start(job);
    const isFull = jobs.length >= batchSize;
    leftSome = isFull || ignoreGroups.length > 0;
    return isFull;
  }

  function start(job: Job<Data>): void {
    const abort = new AbortController();
    active.set(job.id, { job, group: job.groupId ?? null, abort, ended: finish(job, abort.signal) });
  }

  async function finish(job: Job<Data>, signal: AbortSignal): Promise<void> {
    const leftAnother = await runOne(job, signal);
    active.delete(job.id);
    // Woken while there was no room, or there is more than this one took.
    if (leftAnother || leftSome || lookAgain) wake();
    options.onSettled();
  }

  async function runOne(job: Job<Data>, signal: AbortSignal): Promise<boolean> {
    try {
      return await options.run(job, signal);
    } catch (error) {
      // Not settled, so the heartbeat ends and the job is taken over.
      log.warn("a job could not be settled and will be taken over", {
        queue,
        job: job.id,
        error: asError(error),
      });
      return true;
    }
  }

  async function beat(): Promise<void> {
    const held = [...active.values()];
    if (held.length === 0) return;
    try {
      const kept = reachedIds(
        await boss.touch(
          queue,
          held.map(({ job }) => job),
        ),
      );
      for (const { job, abort } of held) {
        if (!kept.includes(job.id) && active.has(job.id)) abort.abort(new Error("the lease was lost"));
      }
    } catch (error) {
      log.warn("the heartbeat of active jobs failed", { queue, error: asError(error) });
    }
  }

  /** At once available to others, without the pause that a failure brings. */
  async function giveBack(jobs: readonly Running["job"][]): Promise<void> {
    if (jobs.length === 0) return;
    const attempts = jobs.map(({ id, retryCount }) => ({ id, retryCount }));
    await options.database.transaction(async (transaction) => {
      const held = reachedIds(await boss.cancel(queue, attempts, joining(transaction)));
      if (held.length > 0) await boss.resume(queue, [...held], joining(transaction));
    });
  }

  function hasRoom(): boolean {
    return active.size < concurrency && !stopping.signal.aborted;
  }

  const poll = clock.setInterval(wake, options.pollEvery);
  const heartbeat = clock.setInterval(() => void beat(), options.heartbeatEvery ?? (HEARTBEAT * 1_000) / 3);
  wake();

  return {
    wake,
    hasRoom,
    isIdle: () => active.size === 0 && looking === null,
    async stop(grace) {
      stopping.abort();
      clock.clearInterval(poll);
      await looking;
      await withinGrace(Promise.all([...active.values()].map(({ ended }) => ended)), grace);
      const left = [...active.values()];
      for (const { abort } of left) abort.abort(new Error("the process shuts down"));
      clock.clearInterval(heartbeat);
      await giveBack(left.map(({ job }) => job));
    },
  };
}

/**
 * How many to fetch and whose to leave out, so that no group ever has all places: the last one is for
 * somebody else. Counted in this process, so more replicas mean more for everybody.
 */
export function planFetch(
  running: Iterable<{ readonly group: string | null }>,
  concurrency: number,
): { readonly batchSize: number; readonly ignoreGroups: string[] } {
  const most = Math.max(1, concurrency - 1);
  const counts = new Map<string, number>();
  let size = 0;
  for (const { group } of running) {
    size += 1;
    if (group !== null) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const ignoreGroups = [...counts].filter(([, count]) => count >= most).map(([group]) => group);
  const fullest = Math.max(0, ...[...counts.values()].filter((count) => count < most));
  return { batchSize: Math.min(concurrency - size, most - fullest), ignoreGroups };
}

async function withinGrace(work: Promise<unknown>, grace: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, grace)));
  await Promise.race([work, over]);
  clearTimeout(timer);
}
