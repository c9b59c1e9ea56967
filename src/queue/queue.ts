import type { Transaction } from "../database/database.ts";
import type { JobHandlers, JobKind, JobRequest } from "./jobs.ts";

/** A job that failed for good, with what its last try said. */
export interface ParkedJob {
  readonly id: string;
  readonly kind: JobKind;
  readonly key: string;
  readonly retries: number;
  readonly lastError: string;
  readonly parkedAt: Date;
}

export interface DeliveryJobs {
  /** A statement that does what the INSERT does, which answers `id`s, puts a job for each of them, and answers them too. */
  readonly statementFor: (insert: string) => string;
  /** To be called when the statement has put any. */
  readonly stored: () => void;
}

/** Durable, at least once, shared by all replicas. */
export interface Queue {
  /** Inside the caller's transaction: the jobs exist exactly when its rows do. */
  readonly enqueue: (transaction: Transaction, jobs: readonly JobRequest[]) => Promise<void>;
  /**
   * For intake, where every round trip counts: delivery jobs in the same statement as the rows. Asked for anew for each
   * statement, because it also tells whoever may work on them.
   */
  readonly deliveryJobs: () => DeliveryJobs;
  /** Starts to work. Throwing from a handler means: again later, with back-off, then parked. */
  readonly work: (handlers: JobHandlers) => Promise<void>;
  /** Waits until nothing that may run now is queued or active: for tests, the demo and the shutdown. */
  readonly idle: (signal?: AbortSignal) => Promise<void>;
  readonly counts: () => Promise<
    Readonly<Record<JobKind, { queued: number; active: number; parked: number }>>
  >;
  readonly listParked: (limit: number) => Promise<readonly ParkedJob[]>;
  /** Puts a parked job back; false when there is none of that id. */
  readonly retryParked: (id: string) => Promise<boolean>;
  /** Takes no new jobs, lets the active ones end within the grace (milliseconds), gives the rest back. */
  readonly stop: (grace: number) => Promise<void>;
}
