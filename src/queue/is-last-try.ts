import { Fault } from "../errors.ts";
import type { JobContext } from "./jobs.ts";
import { TRIES } from "./queues.ts";

/** Whether a job that failed like this is not tried again: its tries are used up, or trying again is of no use. */
export function isLastTry(error: Error, { retries }: Pick<JobContext, "retries">): boolean {
  return retries + 1 >= TRIES || (error instanceof Fault && error.kind !== "retry-later");
}
