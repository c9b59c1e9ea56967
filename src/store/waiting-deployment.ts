import type { Queryable, Transaction } from "../database/database.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";

/** A job that waits for our answer to its environment's protection rule. */
export interface WaitingJob {
  readonly runId: number;
  readonly environment: string;
  readonly sha: CommitSha;
  readonly callbackUrl: string;
  readonly askedAt: Date;
  /** How often GitHub asked for this run and environment. */
  readonly asks: number;
  /** When it is rejected; null: nobody has looked yet. */
  readonly endsAt: Date | null;
  /** How often it was told why it waits; GitHub takes ten. */
  readonly reports: number;
}

export type AskedDeployment = Pick<
  WaitingJob,
  "runId" | "environment" | "sha" | "callbackUrl" | "askedAt"
> & {
  readonly repositoryId: RepositoryId;
};

/**
 * GitHub asks. Asked again while it waits, nothing changes but the place of the answer; asked again after an
 * answer, it waits anew: the job is run again, or another one of the run wants to go there.
 */
export async function noteWaitingDeployment(
  transaction: Transaction,
  { repositoryId, runId, environment, sha, callbackUrl, askedAt }: AskedDeployment,
): Promise<void> {
  await transaction.query(
    `insert into holdpoint.waiting_deployment as w
            (repository_id, run_id, environment, sha, callback_url, asked_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (repository_id, run_id, environment) do update
        set sha = excluded.sha, callback_url = excluded.callback_url,
            asked_at = case when w.answer is null then w.asked_at else excluded.asked_at end,
            asks = w.asks + (w.answer is not null)::integer,
            ends_at = case when w.answer is null then w.ends_at end,
            reports = case when w.answer is null then w.reports else 0 end,
            answer = null, answered_at = null`,
    [repositoryId, runId, environment, sha, callbackUrl, askedAt],
  );
}

/** Those without an answer, in the order they asked. */
export async function listWaitingJobs(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<readonly WaitingJob[]> {
  const rows = await database.query<Omit<WaitingJob, "runId"> & { readonly runId: string }>(
    `select run_id as "runId", environment, sha, callback_url as "callbackUrl", asked_at as "askedAt", asks,
            ends_at as "endsAt", reports
       from holdpoint.waiting_deployment
      where repository_id = $1 and answer is null
      order by asked_at, run_id, environment`,
    [repositoryId],
  );
  return rows.map((row) => ({ ...row, runId: Number(row.runId) }));
}

/** Of a run: which environments were answered, and when. */
export async function listAnsweredJobs(
  database: Queryable,
  repositoryId: RepositoryId,
  runIds: readonly number[],
): Promise<readonly { readonly runId: number; readonly environment: string; readonly answeredAt: Date }[]> {
  const rows = await database.query<{ runId: string; environment: string; answeredAt: Date }>(
    `select run_id as "runId", environment, answered_at as "answeredAt"
       from holdpoint.waiting_deployment
      where repository_id = $1 and run_id = any ($2::bigint[]) and answer is not null`,
    [repositoryId, runIds],
  );
  return rows.map((row) => ({ ...row, runId: Number(row.runId) }));
}

type JobKey = Pick<WaitingJob, "runId" | "environment" | "asks"> & { readonly repositoryId: RepositoryId };

/** It goes on waiting. False: it was answered, or asked again, meanwhile. */
export async function noteStillWaiting(
  transaction: Transaction,
  { repositoryId, runId, environment, asks }: JobKey,
  { endsAt, reports }: { readonly endsAt: Date; readonly reports: number },
): Promise<boolean> {
  const rows = await transaction.query(
    `update holdpoint.waiting_deployment set ends_at = $5, reports = $6
      where repository_id = $1 and run_id = $2 and environment = $3 and asks = $4 and answer is null
      returning run_id`,
    [repositoryId, runId, environment, asks, endsAt, reports],
  );
  return rows.length > 0;
}

/** It waits no more. False: it was answered, or asked again, meanwhile. */
export async function noteAnswered(
  transaction: Transaction,
  { repositoryId, runId, environment, asks }: JobKey,
  answer: "approved" | "rejected" | "gone",
  at: Date,
): Promise<boolean> {
  const rows = await transaction.query(
    `update holdpoint.waiting_deployment set answer = $5, answered_at = $6
      where repository_id = $1 and run_id = $2 and environment = $3 and asks = $4 and answer is null
      returning run_id`,
    [repositoryId, runId, environment, asks, answer, at],
  );
  return rows.length > 0;
}
