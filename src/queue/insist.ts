import { setTimeout as pause } from "node:timers/promises";
import { Fault } from "../errors.ts";

/** Milliseconds before each further try: together less than a lease lasts. */
const PAUSES = [100, 300, 1_000, 3_000, 5_000] as const;

/**
 * Tries again while the database does not answer: it is restarted, or fails over. What is done so must
 * be safe to do twice, since the answer to a commit may be what was lost.
 */
export async function insist<Result>(signal: AbortSignal, action: () => Promise<Result>): Promise<Result> {
  for (const milliseconds of PAUSES) {
    try {
      return await action();
    } catch (error) {
      if (signal.aborted || !(error instanceof Fault) || error.kind !== "retry-later") throw error;
    }
    await pause(milliseconds);
  }
  return action();
}
