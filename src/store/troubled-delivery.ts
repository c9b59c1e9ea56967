import type { Queryable } from "../database/database.ts";
import type { DeliverySource, DeliveryState } from "./delivery.ts";
import { readRepositoryIn } from "./delivery-repository.ts";

/** A delivery of the day that came to no good end. */
export interface TroubledDelivery {
  readonly id: string;
  readonly source: DeliverySource;
  readonly event: string;
  readonly state: "failed" | "parked";
  readonly reason: string | null;
  readonly at: Date;
  /** What it is about, as its body says; null: of no repository, or nobody can tell any more. */
  readonly repositoryId: number | null;
  /** Its job, where that was parked. */
  readonly jobId: string | null;
}

export type DeliveryCounts = Readonly<Record<DeliveryState, number>>;

/** How many of each state came since then. */
export async function countDeliveries(database: Queryable, since: Date): Promise<DeliveryCounts> {
  const rows = await database.query<{ readonly state: DeliveryState; readonly count: number }>(
    `select state, count(*)::int as count from holdpoint.delivery where received_at > $1 group by state`,
    [since],
  );
  const counts = { received: 0, processed: 0, ignored: 0, failed: 0, parked: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

/** A body that is larger is not read for a page: what it is about stays unknown. */
const LARGEST_READ = 256 * 1_024;

/** Those that failed or were parked since then, newest first. */
export async function listTroubledDeliveries(
  database: Queryable,
  since: Date,
  limit: number,
): Promise<readonly TroubledDelivery[]> {
  const rows = await database.query<
    Omit<TroubledDelivery, "repositoryId"> & { readonly body: Buffer | null }
  >(
    `select d.id, d.source, d.event, d.state, d.reason, d.received_at as at, j.id as "jobId",
            case when octet_length(d.body) <= $3 then d.body end as body
       from holdpoint.delivery d
       left join holdpoint.parked_job j on j.kind = 'delivery' and j.key = d.id
      where d.state in ('failed', 'parked') and d.received_at > $1
      order by d.received_at desc, d.id
      limit $2`,
    [since, limit, LARGEST_READ],
  );
  return await Promise.all(
    rows.map(async ({ body, ...row }) => ({
      ...row,
      repositoryId: row.source !== "github" || body === null ? null : await readRepositoryIn(body),
    })),
  );
}
