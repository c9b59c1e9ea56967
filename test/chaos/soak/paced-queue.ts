import type { Clock } from "../../../src/clock.ts";
import { Fault } from "../../../src/errors.ts";
import type { createQueue } from "../../../src/queue/create-queue.ts";
import type { JobHandlers, JobRequest } from "../../../src/queue/jobs.ts";
import { type Pace, toWall } from "./pace.ts";

/** pg-boss goes by the server's time whatever our clock says; so what is to start later is told to it in that time. */
export function pacedQueue(create: typeof createQueue, wall: Clock, pace: Pace): typeof createQueue {
  function inWallTime(request: JobRequest): JobRequest {
    return request.startAfter === undefined
      ? request
      : { ...request, startAfter: toWall(pace, request.startAfter) };
  }

  async function told(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof Fault) || error.retryAt === null) throw error;
      const { kind, code, doing, status, detail, cause } = error;
      throw new Fault({ kind, code, doing, status, detail, cause, retryAt: toWall(pace, error.retryAt) });
    }
  }

  function paced(handlers: JobHandlers): JobHandlers {
    return {
      delivery: (data, context) => told(handlers.delivery(data, context)),
      look: (data, context) => told(handlers.look(data, context)),
      effect: (data, context) => told(handlers.effect(data, context)),
    };
  }

  return async (options) => {
    const queue = await create({ ...options, clock: wall });
    return {
      ...queue,
      enqueue: (transaction, jobs) => queue.enqueue(transaction, jobs.map(inWallTime)),
      work: (handlers) => queue.work(paced(handlers)),
    };
  };
}
