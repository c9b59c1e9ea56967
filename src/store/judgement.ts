import type { Queryable, Transaction } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
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
    [repositoryId, environment, sha, place, wasLive, verdict === null ? null : storableJson(verdict), readAt],
  );
}

/**
 * Keeps what a look judged of a commit that shows the gate. Answers whether anything changed that the gate may depend on; the
 * moment alone is nothing.
 */
export async function showJudgement(
  transaction: Transaction,
  repositoryId: RepositoryId,
  judgement: Judgement,
): Promise<boolean> {
  const { environment, sha, place, wasLive, verdict } = judgement;
  const same = await transaction.query(
    `select 1 from holdpoint.judgement
      where repository_id = $1 and environment = $2 and sha = $3 and shown
        and place = $4 and was_live = $5 and verdict is not distinct from $6::jsonb`,
    [repositoryId, environment, sha, place, wasLive, verdict === null ? null : storableJson(verdict)],
  );
  await storeJudgement(transaction, repositoryId, judgement);
  await transaction.query(
    `update holdpoint.judgement set shown = true
      where repository_id = $1 and environment = $2 and sha = $3 and not shown`,
    [repositoryId, environment, sha],
  );
  return same.length === 0;
}

/** The commits that show the gate and are to be flipped when it changes, those judged last first. */
export async function listShownJudgements(
  database: Queryable,
  repositoryId: RepositoryId,
  limit: number,
): Promise<readonly Judgement[]> {
  const rows = await database.query<JudgementRow>(
    `select ${JUDGEMENT_COLUMNS} from holdpoint.judgement
      where repository_id = $1 and shown
      order by read_at desc, environment, sha
      limit $2`,
    [repositoryId, limit],
  );
  return rows.map(readJudgementRow);
}

/** It is live, or over: nobody flips what it shows any more. */
export async function hideJudgement(
  transaction: Transaction,
  repositoryId: RepositoryId,
  { environment, sha }: Pick<Judgement, "environment" | "sha">,
): Promise<void> {
  await transaction.query(
    `update holdpoint.judgement set shown = false where repository_id = $1 and environment = $2 and sha = $3`,
    [repositoryId, environment, sha],
  );
}

/**
 * The commit is no head of a pull request or of a merge group any more: from now on it may not go out, unless it stands
 * elsewhere too. `hide`: it was merged, and nobody flips what it shows. Answers whether it showed anything.
 */
export async function leavePlace(
  transaction: Transaction,
  repositoryId: RepositoryId,
  { sha, from, hide }: { readonly sha: CommitSha; readonly from: Place; readonly hide: boolean },
): Promise<boolean> {
  const rows = await transaction.query(
    `update holdpoint.judgement set place = 'elsewhere', shown = not $4
      where repository_id = $1 and sha = $2 and place = $3 and shown
      returning sha`,
    [repositoryId, sha, from, hide],
  );
  return rows.length > 0;
}

/**
 * Forgets answers that nobody may use any more. Heads, and what is to go out with them, are judged again and again; what shows
 * a status and was not judged for so long went nowhere.
 */
export async function purgeJudgements(
  database: Queryable,
  before: { readonly answers: Date; readonly shown: Date },
): Promise<void> {
  await database.query(
    "delete from holdpoint.judgement where (not shown and read_at < $1) or (shown and read_at < $2)",
    [before.answers, before.shown],
  );
}

export function readJudgementRow({ readAt, ...row }: JudgementRow): Judgement {
  return { ...row, readAt: new Date(readAt) };
}
