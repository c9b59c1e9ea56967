import type { Queryable, Transaction } from "../database/database.ts";
import { type Effect, effectTarget } from "../domain/effect.ts";
import { isOwnContext, type ShownStatus, type Whose, whoseStatus } from "../domain/forged-status.ts";
import type { CommitSha, RepositoryFacts } from "../domain/model.ts";
import { statusNotJudged } from "../domain/wording/forged-status.ts";
import type { AuditRecord } from "./audit.ts";
import { findEffect, reassertEffect, repeatEffect, wishEffects } from "./effect.ts";
import { findWatch } from "./watch.ts";

export interface ForeignStatus extends ShownStatus {
  readonly repository: Pick<RepositoryFacts, "id" | "installationId">;
  readonly sha: CommitSha;
  readonly context: string;
  /** A login; null: nobody says. */
  readonly by: string | null;
}

/** Whose a status is; `not-ours`: it stands under none of our names, or it is not for us to say anything of it. */
export async function readWhose(
  database: Queryable,
  shown: ForeignStatus,
): Promise<Exclude<Whose, "unwished"> | "green-unjudged" | "not-ours"> {
  if (!isOwnContext(shown.context)) return "not-ours";
  const whose = whoseStatus(shown, await findEffect(database, effectTarget(notJudged(shown))));
  if (whose !== "unwished") return whose;
  const watch = await findWatch(database, shown.repository.id);
  return watch?.governed === true && shown.state === "success" ? "green-unjudged" : "not-ours";
}

export interface Restoration {
  /** To be enqueued in the same transaction; null: too often within the hour, it is left as it is. */
  readonly target: string | null;
  /** To be appended last; null where nobody did anything. */
  readonly record: AuditRecord | null;
}

/**
 * Sets right a status under one of our names that somebody else posted: ours is posted again, so often an hour and no
 * more, for two who do that to each other would use up the thousand statuses that a commit may have. A green one on a commit
 * that was never judged gives way to one that says so.
 */
export async function restoreStatus(
  transaction: Transaction,
  shown: ForeignStatus,
  whose: "in-flight" | "forged" | "green-unjudged",
  at: Date,
): Promise<Restoration> {
  const target = effectTarget(notJudged(shown));
  if (whose === "green-unjudged") {
    await wishEffects(transaction, [notJudged(shown)], at);
    return { target, record: recordOf(shown, target, true) };
  }
  if (whose === "in-flight") {
    await repeatEffect(transaction, target, at);
    return { target, record: null };
  }
  const restored = (await reassertEffect(transaction, target, at)) === "asked";
  return { target: restored ? target : null, record: recordOf(shown, target, restored) };
}

function notJudged({ repository, sha, context }: ForeignStatus): Effect {
  return {
    kind: "status",
    repositoryId: repository.id,
    sha,
    context,
    state: "pending",
    description: statusNotJudged(),
    targetUrl: null,
  };
}

function recordOf(shown: ForeignStatus, target: string, restored: boolean): AuditRecord {
  return {
    what: "forged-status",
    subject: target,
    repository: shown.repository.id,
    head: shown.sha,
    context: shown.context,
    shown: { state: shown.state, description: shown.description, status: shown.statusId },
    by: shown.by,
    restored,
  };
}
