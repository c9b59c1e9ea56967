import type { Transaction } from "../database/database.ts";
import type { Effect } from "../domain/effect.ts";
import type { Queue } from "../queue/queue.ts";
import { wishEffects } from "../store/effect.ts";

/**
 * Stores what should be true outside, and the jobs that make it so, in the caller's transaction: either the
 * decision and its effects exist, or neither does. Answers the targets whose desired state has changed.
 */
export async function sendToOutbox(
  transaction: Transaction,
  queue: Pick<Queue, "enqueue">,
  effects: readonly Effect[],
  at: Date,
): Promise<readonly string[]> {
  const changed = await wishEffects(transaction, effects, at);
  if (changed.length === 0) return changed;
  await queue.enqueue(
    transaction,
    changed.map((target) => ({ kind: "effect", data: { target } })),
  );
  return changed;
}
