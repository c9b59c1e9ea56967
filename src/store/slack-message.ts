import type { Queryable, Transaction } from "../database/database.ts";
import { slackTarget } from "../domain/effect.ts";
import type { RepositoryId } from "../domain/model.ts";

/** Where a message stands, as it is stored. */
export interface StoredPlace {
  readonly channel: string;
  readonly ts: string;
}

/** How a message that others reply to stands: not known, not sent yet, never to be sent, or there. */
export type StoredThread =
  | { readonly state: "unknown" | "waiting" | "refused" }
  | { readonly state: "there"; readonly place: StoredPlace };

/**
 * Notes a try before it is made, so that whoever tries next, after any crash, knows that there was one. Answers since
 * when an earlier try may have posted the message; null: this is the first.
 */
export async function beginSlackTry(database: Queryable, target: string): Promise<Date | null> {
  const rows = await database.query<{ posts: number; updated_at: Date }>(
    "update holdpoint.effect set posts = posts + 1 where target = $1 returning posts, updated_at",
    [target],
  );
  const row = rows[0];
  return row === undefined || row.posts <= 1 ? null : row.updated_at;
}

export async function findSlackThread(
  database: Queryable,
  repositoryId: RepositoryId,
  key: string,
): Promise<StoredThread> {
  const rows = await database.query<{ done: boolean; remote_ref: string | null }>(
    "select done_revision >= revision as done, remote_ref from holdpoint.effect where target = $1",
    [slackTarget(repositoryId, key)],
  );
  const row = rows[0];
  if (row === undefined) return { state: "unknown" };
  const place = readPlace(row.remote_ref);
  if (place !== null) return { state: "there", place };
  return { state: row.done ? "refused" : "waiting" };
}

/** Notes that nothing more is to be done for a message: it is at its place, or `answer` says why it is nowhere. */
export async function markSlackDone(
  transaction: Transaction,
  message: {
    readonly target: string;
    readonly revision: number;
    readonly place: StoredPlace | null;
    readonly answer: string | null;
    readonly at: Date;
  },
): Promise<void> {
  const { place } = message;
  await transaction.query(
    `update holdpoint.effect
        set done_revision = greatest(done_revision, $2), remote_ref = coalesce($3, remote_ref),
            last_answer = $4, done_at = $5
      where target = $1`,
    [
      message.target,
      message.revision,
      place === null ? null : `${place.channel} ${place.ts}`,
      message.answer,
      message.at,
    ],
  );
}

/** Whether something else that was to be said in the thread before is not said yet: replies keep their order. */
export async function isBehindInThread(
  database: Queryable,
  repositoryId: RepositoryId,
  thread: string,
  target: string,
): Promise<boolean> {
  const rows = await database.query(
    `select 1 from holdpoint.effect as earlier, holdpoint.effect as own
      where own.target = $3 and earlier.repository_id = $1 and earlier.kind = 'slack'
        and earlier.done_revision < earlier.revision and earlier.desired ->> 'thread' = $2
        and (earlier.updated_at, earlier.target) < (own.updated_at, own.target)
      limit 1`,
    [repositoryId, thread, target],
  );
  return rows.length > 0;
}

/** What is to be said next in the thread; null: nothing. */
export async function nextInThread(
  transaction: Transaction,
  repositoryId: RepositoryId,
  thread: string,
): Promise<string | null> {
  const rows = await transaction.query<{ target: string }>(
    `select target from holdpoint.effect
      where repository_id = $1 and kind = 'slack' and done_revision < revision and desired ->> 'thread' = $2
      order by updated_at, target
      limit 1`,
    [repositoryId, thread],
  );
  return rows[0]?.target ?? null;
}

/** `channel ts`, as it is stored. */
export function readPlace(stored: string | null): StoredPlace | null {
  const [channel, ts] = (stored ?? "").split(" ");
  return channel === undefined || ts === undefined ? null : { channel, ts };
}
