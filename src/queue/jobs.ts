import type { DeliveryId } from "../domain/model.ts";
import type { Subject } from "../domain/subject.ts";

/**
 * The three kinds of job, in the order in which work flows.
 *
 * delivery   a stored webhook is translated; one job a delivery
 * look       a subject is looked at again: coalesced while queued, one at a time while active
 * effect     a target's desired state is made true: coalesced and serialised the same way
 */
export interface JobData {
  readonly delivery: { readonly id: DeliveryId };
  readonly look: { readonly subject: Subject; readonly because: string };
  readonly effect: { readonly target: string };
}
export type JobKind = keyof JobData;

/** A job to be. Delivery jobs are keyed by the delivery, looks by `subjectKey`, effects by their target. */
export type JobRequest = {
  readonly [Kind in JobKind]: {
    readonly kind: Kind;
    readonly data: JobData[Kind];
    /** Not before. Absent: at once. */
    readonly startAfter?: Date;
    /**
     * Whose work it is, so that nobody's burst keeps everybody else waiting: of the places that a process has
     * for a kind of job, one group never takes the last. Absent: the repository's, where there is one.
     */
    readonly group?: string;
  };
}[JobKind];

/** What a handler is given beside its data. */
export interface JobContext {
  /** How many times this job was tried before. */
  readonly retries: number;
  /** Aborted when the lease is lost or the process shuts down. */
  readonly signal: AbortSignal;
}

export type JobHandler<Kind extends JobKind> = (data: JobData[Kind], context: JobContext) => Promise<void>;
export type JobHandlers = { readonly [Kind in JobKind]: JobHandler<Kind> };
