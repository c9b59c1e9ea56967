import type { Queryable, Transaction } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
import type { Work } from "./job-identity.ts";
import type { JobRequest } from "./jobs.ts";
import type { ParkedJob } from "./queue.ts";

/** A job that is to be parked, with what it needs to be put back. */
export type JobToPark = Omit<ParkedJob, "kind"> & Work;

/** Of several that failed for one key only the newest is kept. */
export async function parkJob(transaction: Transaction, job: JobToPark): Promise<void> {
  await transaction.query(
    `insert into holdpoint.parked_job (id, kind, key, data, retries, last_error, parked_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (kind, key) do update
        set id = excluded.id, data = excluded.data, retries = excluded.retries,
            last_error = excluded.last_error, parked_at = excluded.parked_at`,
    [job.id, job.kind, job.key, storableJson(job.data), job.retries, job.lastError, job.parkedAt],
  );
}

/** Newest first. */
export function listParked(queryable: Queryable, limit: number): Promise<readonly ParkedJob[]> {
  return queryable.query<ParkedJob>(
    `select id, kind, key, retries, last_error as "lastError", parked_at as "parkedAt"
       from holdpoint.parked_job order by parked_at desc, id limit $1`,
    [limit],
  );
}

/** Takes a parked job out, as the request that it was. */
export async function takeParked(transaction: Transaction, id: string): Promise<JobRequest | null> {
  const rows = await transaction.query<JobRequest>(
    "delete from holdpoint.parked_job where id::text = $1 returning kind, data",
    [id],
  );
  return rows[0] ?? null;
}
