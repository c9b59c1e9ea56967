import type { Transaction } from "../database/database.ts";
import { type Effect, effectTarget } from "../domain/effect.ts";
import type { CommitSha } from "../domain/model.ts";
import type { Judged } from "../domain/judged.ts";
import { whenToLookAgain } from "../domain/look-again.ts";
import { recordUnjudged, recordVerdict } from "../domain/record-verdict.ts";
import { ticketsBehind } from "../domain/tickets-behind.ts";
import { sendToOutbox } from "../effects/outbox.ts";
import { appendAudit } from "../store/audit.ts";
import { findRepository } from "../store/repository.ts";
import { type LookRun, saveLook } from "../store/subject.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/**
 * Keeps the verdict with its effects in one short transaction. When a later look at the same subject has
 * begun meanwhile, nothing is written: that one saw newer facts. A verdict that changes what people see has
 * one audit record.
 */
export async function saveVerdict(
  { database, queue, clock, log }: HandlerDependencies,
  run: LookRun,
  shown: Judged,
  effects: readonly Effect[],
  /** All that were judged in this look, that one among them. */
  all: readonly Judged[] = [shown],
  /** What else is kept in the same transaction, unless the look was superseded. */
  also: (transaction: Transaction) => Promise<void> = async () => undefined,
): Promise<void> {
  const at = clock.now();
  const { snapshot, verdict } = shown;
  const saved = await database.transaction(async (transaction) => {
    const outcome = await saveLook(transaction, run, {
      head: snapshot.head,
      verdict,
      at,
      lookAgainAt: earliest(all.map((one) => whenToLookAgain(one.snapshot, at))),
      tickets: [...new Set(all.flatMap(ticketsBehind))],
      closed: false,
    });
    if (outcome === "superseded") return outcome;
    await also(transaction);
    const changed = await sendToOutbox(transaction, queue, effects, at);
    if (changed.some((target) => target.startsWith("status:"))) {
      const { installationId } = snapshot.repository;
      await appendAudit(transaction, { installationId, at, record: recordVerdict(run.key, shown) });
    }
    return outcome;
  });
  if (saved === "superseded") log.info("a later look has begun, this one is dropped", { subject: run.key });
}

/** Notes that there is nothing to judge: no usable policy, no head, closed; with what is shown nonetheless. */
export async function saveNothing(
  { database, queue, clock }: HandlerDependencies,
  run: LookRun,
  { head, closed, lookAgainAt }: { head: CommitSha | null; closed: boolean; lookAgainAt: Date | null },
  effects: readonly Effect[] = [],
  also: (transaction: Transaction) => Promise<void> = async () => undefined,
): Promise<void> {
  const at = clock.now();
  await database.transaction(async (transaction) => {
    const outcome = await saveLook(transaction, run, {
      head,
      verdict: null,
      at,
      lookAgainAt,
      tickets: [],
      closed,
    });
    if (outcome === "superseded") return;
    await also(transaction);
    const changed = await sendToOutbox(transaction, queue, effects, at);
    for (const effect of effects) {
      if (effect.kind !== "status" || !changed.includes(effectTarget(effect))) continue;
      const repository = await findRepository(transaction, effect.repositoryId);
      if (repository === null) continue;
      const { installationId } = repository.facts;
      await appendAudit(transaction, { installationId, at, record: recordUnjudged(run.key, effect) });
    }
  });
}

function earliest(moments: readonly (Date | null)[]): Date | null {
  const times = moments.flatMap((moment) => (moment === null ? [] : [moment.getTime()]));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
