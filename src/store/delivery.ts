import type { Queryable } from "../database/database.ts";
import type { DeliveryId } from "../domain/model.ts";
import { packBody, unpackBody } from "./packed-body.ts";

export type DeliverySource = "github" | "jira";
export type DeliveryState = "received" | "processed" | "ignored" | "failed" | "parked";

/** A verified delivery as it came in. */
export interface NewDelivery {
  readonly id: DeliveryId;
  readonly source: DeliverySource;
  readonly event: string;
  /** The App that GitHub named; null where it named none. */
  readonly appId: number | null;
  /** UTF-8. */
  readonly body: Buffer;
  /** SHA-256 of the body. */
  readonly bodyHash: Buffer;
}

export interface StoredDelivery {
  readonly id: DeliveryId;
  readonly source: DeliverySource;
  readonly event: string;
  readonly appId: number | null;
  /** null once it is older than the body is kept. */
  readonly body: Buffer | null;
  readonly state: DeliveryState;
}

const COLUMNS = 6;

/**
 * Stores a batch in one statement; ids must be unique within it. Answers those that are work now: new ones,
 * and redeliveries of what failed or was parked. What succeeded, was ignored or is in work is only counted.
 *
 * `statementFor` makes more of the INSERT, which answers ids: with the jobs it is one statement, and so one transaction
 * of one round trip. A multi-row VALUES: `unnest` of bytea arrays was measured to be slower.
 */
export async function insertDeliveries(
  database: Queryable,
  deliveries: readonly NewDelivery[],
  receivedAt: Date,
  statementFor: (insert: string) => string = (insert) => insert,
): Promise<readonly DeliveryId[]> {
  // All replicas in the same order: no two transactions wait for each other's rows.
  const ordered = deliveries.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const bodies = await Promise.all(ordered.map(({ body }) => packBody(body)));
  const work = await database.query<{ id: DeliveryId }>(
    statementFor(`insert into holdpoint.delivery as d (received_at, id, source, event, app_id, body, body_hash)
     values ${placeholders(ordered.length)}
     on conflict (id) do update
        set state = 'received', redeliveries = d.redeliveries + 1, finished_at = null, source = excluded.source,
            event = excluded.event, app_id = excluded.app_id, body = excluded.body, body_hash = excluded.body_hash
      where d.state in ('failed', 'parked')
     returning id`),
    [
      receivedAt,
      ...ordered.flatMap(({ id, source, event, appId, bodyHash }, index) => [
        id,
        source,
        event,
        appId,
        bodies[index],
        bodyHash,
      ]),
    ],
  );
  const ids = work.map(({ id }) => id);
  if (ids.length < ordered.length) {
    const isWork: ReadonlySet<DeliveryId> = new Set(ids);
    await database.query(
      `update holdpoint.delivery set redeliveries = redeliveries + 1 where id = any ($1::text[])`,
      [ordered.map(({ id }) => id).filter((id) => !isWork.has(id))],
    );
  }
  return ids;
}

/** `($1, $2, ..., $7), ($1, $8, ...)`: the time is one for all rows. */
function placeholders(rows: number): string {
  const known = PLACEHOLDERS.get(rows);
  if (known !== undefined) return known;
  const text = Array.from({ length: rows }, (_, row) => {
    const columns = Array.from({ length: COLUMNS }, (_, column) => `$${row * COLUMNS + column + 2}`);
    return `($1::timestamptz, ${columns.join(", ")})`;
  }).join(", ");
  PLACEHOLDERS.set(rows, text);
  return text;
}

const PLACEHOLDERS = new Map<number, string>();

/** With the id of an earlier delivery that had the very same body: a replay, or GitHub's own repetition. */
export async function findDelivery(
  database: Queryable,
  id: DeliveryId,
): Promise<(StoredDelivery & { readonly sameBodyAs: DeliveryId | null }) | null> {
  const rows = await database.query<
    Omit<StoredDelivery, "appId"> & { appId: string | null; sameBodyAs: DeliveryId | null }
  >(
    `select id, source, event, app_id as "appId", body, state,
            (select other.id from holdpoint.delivery other
              where other.body_hash = d.body_hash and other.received_at <= d.received_at and other.id <> d.id
              order by other.received_at desc limit 1) as "sameBodyAs"
       from holdpoint.delivery d where id = $1`,
    [id],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const body = row.body === null ? null : await unpackBody(row.body);
  return { ...row, appId: row.appId === null ? null : Number(row.appId), body };
}

/**
 * Notes what became of a delivery, with the reason where it was not simply processed. False: it had come to its
 * end already (two jobs for one delivery), and the caller must not act on it again.
 */
export async function finishDelivery(
  database: Queryable,
  id: DeliveryId,
  state: Exclude<DeliveryState, "received">,
  reason: string | null,
  at: Date,
): Promise<boolean> {
  const rows = await database.query(
    `update holdpoint.delivery set state = $2, reason = $3, finished_at = $4
      where id = $1 and state not in ('processed', 'ignored')
     returning id`,
    [id, state, reason === null ? null : keepable(reason), at],
  );
  return rows.length > 0;
}

/** A text that PostgreSQL takes, of a length that people read. */
function keepable(reason: string): string {
  return reason.slice(0, 2_000).replaceAll("\0", "").toWellFormed();
}

/** Puts a stored delivery back to work, whatever became of it; false when there is none with a body. */
export async function reviveDelivery(database: Queryable, id: DeliveryId): Promise<boolean> {
  const rows = await database.query(
    `update holdpoint.delivery set state = 'received', reason = null
      where id = $1 and body is not null
     returning id`,
    [id],
  );
  return rows.length > 0;
}

/** Whether a delivery of that id was ever stored. */
export async function wasDelivered(database: Queryable, id: string): Promise<boolean> {
  const rows = await database.query(`select 1 from holdpoint.delivery where id = $1`, [id]);
  return rows.length > 0;
}

/** Forgets bodies, and then deliveries, that are older than they are kept. What is still to be done stays. */
export async function purgeDeliveries(
  database: Queryable,
  before: { readonly bodies: Date; readonly deliveries: Date },
): Promise<void> {
  await database.query(
    `update holdpoint.delivery set body = null
      where received_at < $1 and body is not null and state in ('processed', 'ignored')`,
    [before.bodies],
  );
  await database.query(
    `delete from holdpoint.delivery where received_at < $1 and state in ('processed', 'ignored')`,
    [before.deliveries],
  );
}
