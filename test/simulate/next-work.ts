import { z } from "zod";
import type { StatementRunner } from "../../src/database/statement-runner.ts";
import type { QueueName } from "./stepped-queue.ts";

/** What there is to do now, and when there will be something. */
export interface NextWork {
  /** Kinds of job of which one is due. */
  readonly ready: readonly QueueName[];
  /** Jobs that somebody has, or had when he died. */
  readonly active: number;
  readonly deadlineAt: Date | null;
  readonly lookAgainAt: Date | null;
  readonly retryAt: Date | null;
}

/** JavaScript's moments are milliseconds, the database's are finer: the first one that is not before it. */
function atLeast(moment: string): string {
  return `date_trunc('milliseconds', ${moment} + interval '999 microseconds')`;
}

const rowsSchema = z.tuple([
  z.object({
    ready: z.array(z.enum(["delivery", "look", "effect", "later"])),
    active: z.coerce.number(),
    deadline_at: z.date().nullable(),
    look_again_at: z.date().nullable(),
    retry_at: z.date().nullable(),
  }),
]);

/**
 * Production asks every few seconds whether something is due. Here time jumps to the next moment at which one of those questions would
 * find something, which is read from where Holdpoint itself keeps it.
 */
export async function readNextWork(runner: StatementRunner, now: Date): Promise<NextWork> {
  const [row] = rowsSchema.parse(
    await runner.run(
      `with job as (
         select name, state, start_after from pgboss.job_common
          where name in ('delivery', 'look', 'effect', 'later') and state <= 'active'
       )
       select coalesce((select array_agg(distinct name order by name) from job
                         where state < 'active' and start_after <= $1), '{}') as ready,
              (select count(*) from job where state = 'active') as active,
              (select ${atLeast("min(due_at)")} from holdpoint.deadline) as deadline_at,
              (select ${atLeast("min(look_again_at)")} from holdpoint.subject where look_again_at is not null) as look_again_at,
              (select ${atLeast("min(start_after)")} from job where state < 'active' and start_after > $1) as retry_at`,
      [now],
    ),
  );
  return {
    ready: row.ready,
    active: row.active,
    deadlineAt: row.deadline_at,
    lookAgainAt: row.look_again_at,
    retryAt: row.retry_at,
  };
}
