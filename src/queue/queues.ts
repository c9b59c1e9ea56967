import type { Queue as BossQueue } from "pg-boss";
import type { JobKind } from "./jobs.ts";

/** Tries of one job, the first included; then it is parked. */
export const TRIES = 8;

/**
 * Without a heartbeat for this long (seconds) a job is given to another worker. With the supervisor's
 * pass, the pause before the retry and the poll it is at work again within 45 s; pg-boss's default
 * would be 15 minutes.
 */
export const HEARTBEAT = 20;
export const SUPERVISE_EVERY = 10;

type Settings = Omit<BossQueue, "name">;

const SETTINGS = {
  heartbeatSeconds: HEARTBEAT,
  // Parking is decided by us, with what was asked meanwhile in view: pg-boss never gives a job up by itself.
  retryLimit: 1_000_000,
  // 2 to 4 s after the first failure, doubling, with jitter: eight tries take 4 to 9 minutes.
  retryBackoff: true,
  retryDelay: 2,
  retryDelayMax: 300,
  // The longest look reads thousands of commits.
  expireInSeconds: 900,
  retentionSeconds: 30 * 86_400,
  deleteAfterSeconds: 600,
} as const satisfies Settings;

/**
 * One pg-boss queue for each kind of job, and one for what is asked to start later.
 *
 * `exclusive`: one job of a key that is queued, waiting for its retry or active. It is the only policy that
 * serialises a key without harm to others: under `stately` and `singleton` a queued job of a key whose other job is
 * active makes every fetch run into the unique index (pg-boss answers "nothing there") and so blocks the whole
 * queue, and `groupConcurrency` is a count without a lock, which two replicas pass at once. What is asked while the
 * job is active is not lost: see `turns.ts`.
 */
export const QUEUES: Readonly<Record<JobKind | "later", Settings>> = {
  delivery: { ...SETTINGS, policy: "standard" },
  look: { ...SETTINGS, policy: "exclusive" },
  effect: { ...SETTINGS, policy: "exclusive" },
  later: { ...SETTINGS, policy: "standard" },
};
