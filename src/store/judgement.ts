import type { Queryable } from "../database/database.ts";
import type { Judgement, Place } from "../domain/gate/gate.ts";
import type { Verdict } from "../domain/finding.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";

/** A row as the driver gives it; inside `jsonb`, `readAt` is text. */
export interface JudgementRow {
  readonly environment: string;
  readonly sha: CommitSha;
  readonly place: Place;
  readonly wasLive: boolean;
  readonly verdict: Verdict | null;
  readonly readAt: Date | string;
}

export const JUDGEMENT_COLUMNS = `environment, sha, place, was_live as "wasLive", verdict, read_at as "readAt"`;

/** Keeps what was judged of a commit for an environment, unless something newer is known already. */
export async function storeJudgement(
  database: Queryable,
  repositoryId: RepositoryId,
  judgement: Judgement,
): Promise<void> {
  const { environment, sha, place, wasLive, verdict, readAt } = judgement;
  await database.query(
    `insert into holdpoint.judgement as j (repository_id, environment, sha, place, was_live, verdict, read_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (repository_id, environment, sha) do update
        set place = excluded.place, was_live = excluded.was_live, verdict = excluded.verdict, read_at = excluded.read_at
      where j.read_at <= excluded.read_at`,
    [
      repositoryId,
      environment,
      sha,
      place,
      wasLive,
      verdict === null ? null : JSON.stringify(verdict),
      readAt,
    ],
  );
}

export function readJudgementRow({ readAt, ...row }: JudgementRow): Judgement {
  return { ...row, readAt: new Date(readAt) };
}
