import type { Queryable } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
import { isRepositoryId } from "../domain/brands.ts";
import type { RequestAnswer } from "../domain/requests/request.ts";
import type { Subject } from "../domain/subject.ts";

/** Requests that were asked before then, and that nobody has decided: the oldest ones. */
export async function listWaitingRequests(
  database: Queryable,
  before: Date,
  limit: number,
): Promise<readonly Subject[]> {
  const rows = await database.query<{ repositoryId: string; id: string }>(
    `select repository_id as "repositoryId", id from holdpoint.request
      where state = 'asked' and asked_at <= $1
      order by asked_at limit $2`,
    [before, limit],
  );
  return rows.flatMap((row) => {
    const repositoryId = Number(row.repositoryId);
    return isRepositoryId(repositoryId) ? [{ kind: "request", repositoryId, requestId: Number(row.id) }] : [];
  });
}

/** Those in that state that were asked before then have failed; a look or an effect that comes to one of them finds it finished. */
export async function giveUpRequests(
  database: Queryable,
  { state, before }: { readonly state: "asked" | "under-way"; readonly before: Date },
  { answer, at }: { readonly answer: RequestAnswer; readonly at: Date },
): Promise<void> {
  await database.query(
    `update holdpoint.request set state = 'failed', answer = $3, finished_at = $4
      where state = $1 and asked_at <= $2`,
    [state, before, storableJson(answer), at],
  );
}
