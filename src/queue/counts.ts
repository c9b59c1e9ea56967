import type { Queryable } from "../database/database.ts";
import type { JobKind } from "./jobs.ts";

export type JobCounts = Readonly<Record<JobKind, { queued: number; active: number; parked: number }>>;

export async function countJobs(queryable: Queryable): Promise<JobCounts> {
  const rows = await queryable.query<{
    readonly kind: JobKind;
    readonly queued: number;
    readonly active: number;
    readonly parked: number;
  }>(
    `select kind.name as kind,
            (select count(*)::int from pgboss.job where name = kind.name and state < 'active') as queued,
            (select count(*)::int from pgboss.job where name = kind.name and state = 'active') as active,
            (select count(*)::int from holdpoint.parked_job where parked_job.kind = kind.name) as parked
       from unnest(array['delivery', 'look', 'effect']) as kind(name)`,
  );
  const none = { queued: 0, active: 0, parked: 0 };
  const counts = { delivery: none, look: none, effect: none };
  for (const { kind, queued, active, parked } of rows) counts[kind] = { queued, active, parked };
  return counts;
}

/** Whether anything is active anywhere, or queued and due. */
export async function hasWork(queryable: Queryable): Promise<boolean> {
  const rows = await queryable.query<{ readonly found: boolean }>(
    `select exists (select from pgboss.job
                     where name in ('delivery', 'look', 'effect', 'later')
                       and (state = 'active' or (state < 'active' and start_after <= pgboss.job_now()))) as found`,
  );
  return rows[0]?.found === true;
}
