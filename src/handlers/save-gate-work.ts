import type { Transaction } from "../database/database.ts";
import type { Effect } from "../domain/effect.ts";
import { effectTarget } from "../domain/effect.ts";
import type { Judgement } from "../domain/gate/gate.ts";
import type { RepositoryId } from "../domain/model.ts";
import { sendToOutbox } from "../effects/outbox.ts";
import { type ReadContents, saveDeployContents } from "../store/deploy-contents.ts";
import { hideJudgement, showJudgement } from "../store/judgement.ts";
import { noteDeploy, type RunningCommit } from "../store/deploy.ts";
import { type LiveCommit, noteLiveCommit } from "../store/live-commit.ts";
import { listShownStatuses } from "../store/shown-status.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/** What a look found for the gate. */
export interface GateWork {
  /** Judgements of commits that show the gate. */
  readonly shown: readonly Judgement[];
  /** Those that do so no more. */
  readonly hidden: readonly Pick<Judgement, "environment" | "sha">[];
  /** The verdict's statuses of earlier commits: posted where they turn what is shown into another colour. */
  readonly statuses: readonly Extract<Effect, { kind: "status" }>[];
  /** What environments run whose base is a branch. */
  readonly live?: readonly LiveCommit[];
  /** What each environment runs. */
  readonly running?: readonly RunningCommit[];
  /** What a deploy to each environment of the policy would contain; left out: nothing was read of that. */
  readonly contents?: readonly ReadContents[];
}

/** Keeps it, and asks for a look at the gate where that may say something else now. */
export async function saveGateWork(
  { queue, clock }: Pick<HandlerDependencies, "queue" | "clock">,
  transaction: Transaction,
  repositoryId: RepositoryId,
  { shown, hidden, statuses, live = [], running = [], contents }: GateWork,
): Promise<void> {
  for (const one of live) await noteLiveCommit(transaction, repositoryId, one, clock.now());
  for (const one of running) await noteDeploy(transaction, repositoryId, one);
  if (contents !== undefined) await saveDeployContents(transaction, repositoryId, contents);
  let changed = false;
  for (const judgement of shown) {
    if (await showJudgement(transaction, repositoryId, judgement)) changed = true;
  }
  for (const one of hidden) await hideJudgement(transaction, repositoryId, one);
  const before = await listShownStatuses(transaction, statuses.map(effectTarget));
  const flipped = statuses.filter((one) => {
    const state = before.get(effectTarget(one))?.state;
    return state !== undefined && state !== one.state;
  });
  await sendToOutbox(transaction, queue, flipped, clock.now());
  if (changed) await wakeGate(queue, transaction, repositoryId);
}

export async function wakeGate(
  queue: HandlerDependencies["queue"],
  transaction: Transaction,
  repositoryId: RepositoryId,
): Promise<void> {
  const subject = { kind: "gate", repositoryId } as const;
  await queue.enqueue(transaction, [
    { kind: "look", data: { subject, because: "what was judged has changed" } },
  ]);
}
