import type { Queryable, Transaction } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
import { type Effect, effectTarget } from "../domain/effect.ts";

/** A target's desired state and how far it was made true. */
export interface StoredEffect {
  readonly target: string;
  readonly desired: Effect;
  readonly revision: number;
  readonly doneRevision: number;
  /** The check run's id or the number at GitHub, once there is one. */
  readonly remoteId: number | null;
  /** Where a message stands in Slack, `channel ts`, once it is there. */
  readonly remoteRef: string | null;
}

/**
 * Stores what should be true outside. Answers the targets whose desired state is new or has changed; an unchanged
 * wish writes nothing, and a wish that differs in its footnote alone is unchanged.
 */
export async function wishEffects(
  transaction: Transaction,
  effects: readonly Effect[],
  at: Date,
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const effect of effects) {
    const rows = await transaction.query<{ target: string }>(
      `insert into holdpoint.effect as e (target, repository_id, kind, desired, updated_at)
       values ($1, $2, $3, $4, $5)
       on conflict (target) do update
          set desired = excluded.desired, revision = e.revision + 1, updated_at = excluded.updated_at
        where e.desired - 'footnote' is distinct from excluded.desired - 'footnote'
       returning target`,
      [effectTarget(effect), effect.repositoryId, effect.kind, storableJson(effect), at],
    );
    if (rows.length > 0) changed.push(effectTarget(effect));
  }
  return changed;
}

export async function findEffect(database: Queryable, target: string): Promise<StoredEffect | null> {
  const rows = await database.query<{
    target: string;
    desired: Effect;
    revision: number;
    done_revision: number;
    remote_id: string | null;
    remote_ref: string | null;
  }>(
    `select target, desired, revision, done_revision, remote_id, remote_ref
       from holdpoint.effect where target = $1`,
    [target],
  );
  const row = rows[0];
  if (row === undefined) return null;
  return {
    target: row.target,
    desired: row.desired,
    revision: row.revision,
    doneRevision: row.done_revision,
    remoteId: row.remote_id === null ? null : Number(row.remote_id),
    remoteRef: row.remote_ref,
  };
}

/** Notes that a revision is true outside now, or was refused for good. A later wish stays undone. */
export async function markEffectDone(
  database: Queryable,
  effect: {
    readonly target: string;
    readonly revision: number;
    readonly remoteId: number | null;
    /** What GitHub said when it refused for good; null after a success. */
    readonly refusal: string | null;
    readonly at: Date;
  },
): Promise<void> {
  await database.query(
    `update holdpoint.effect
        set done_revision = greatest(done_revision, $2), remote_id = coalesce($3, remote_id),
            posts = posts + 1, last_answer = $5, done_at = $4
      where target = $1`,
    [effect.target, effect.revision, effect.remoteId, effect.at, effect.refusal],
  );
}

/** Keeps the last answer that was not a success, where people can see it. */
export async function noteEffectAnswer(database: Queryable, target: string, answer: string): Promise<void> {
  await database.query(`update holdpoint.effect set last_answer = $2, posts = posts + 1 where target = $1`, [
    target,
    answer,
  ]);
}

/** Targets of a repository that are still not true although nothing has changed since then. */
export async function listUndoneEffects(
  database: Queryable,
  repositoryId: number,
  unchangedSince: Date,
): Promise<readonly string[]> {
  const rows = await database.query<{ target: string }>(
    `select target from holdpoint.effect
      where done_revision < revision and repository_id = $1 and updated_at <= $2
      order by updated_at`,
    [repositoryId, unchangedSince],
  );
  return rows.map(({ target }) => target);
}

/** Within an hour; then it is only told. */
const FORGERIES_UNDONE = 10;

/**
 * Asks for an unchanged wish to be made true once more, because somebody undid it: `too-often` within the hour leaves it
 * as it is, so that nobody fights a war here. The caller enqueues the effect in the same transaction.
 */
export async function reassertEffect(
  transaction: Transaction,
  target: string,
  at: Date,
): Promise<"asked" | "too-often"> {
  const rows = await transaction.query<{ forgeries: number }>(
    `update holdpoint.effect
        set forged_since = case when forged_since > $2::timestamptz - interval '1 hour' then forged_since else $2 end,
            forgeries = case when forged_since > $2::timestamptz - interval '1 hour' then forgeries + 1 else 1 end
      where target = $1
      returning forgeries`,
    [target, at],
  );
  if ((rows[0]?.forgeries ?? FORGERIES_UNDONE + 1) > FORGERIES_UNDONE) return "too-often";
  await repeatEffect(transaction, target, at);
  return "asked";
}

/** Asks for an unchanged wish to be made true once more. The caller enqueues the effect in the same transaction. */
export async function repeatEffect(transaction: Transaction, target: string, at: Date): Promise<void> {
  await transaction.query(
    `update holdpoint.effect set revision = revision + 1, updated_at = $2 where target = $1`,
    [target, at],
  );
}
