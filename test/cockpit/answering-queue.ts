import type { RequestAnswer, RequestState, Wish } from "../../src/domain/requests/request.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { findRequest, settleRequest } from "../../src/store/request.ts";

/** A queue whose worker answers each request at once, as the test says. */
export interface AnsweringQueue {
  readonly queue: Pick<Queue, "enqueue" | "counts" | "listParked" | "retryParked">;
  /** What was wished for, oldest first. */
  readonly wishes: Wish[];
  /** What the next requests come to. */
  outcome: { readonly state: RequestState; readonly answer: RequestAnswer };
}

export function answeringQueue(now: () => Date): AnsweringQueue {
  const refuse = () => {
    throw new Error("these pages only enqueue");
  };
  const given: AnsweringQueue = {
    wishes: [],
    outcome: { state: "done", answer: { code: "done", message: "It was done." } },
    queue: {
      counts: refuse,
      listParked: refuse,
      retryParked: refuse,
      async enqueue(transaction, jobs) {
        for (const job of jobs) {
          if (job.kind !== "look" || job.data.subject.kind !== "request") continue;
          const { requestId } = job.data.subject;
          const request = await findRequest(transaction, requestId);
          if (request !== null) given.wishes.push(request.wish);
          await settleRequest(transaction, requestId, { ...given.outcome, at: now() });
        }
      },
    },
  };
  return given;
}
