import type { Queryable } from "../database/database.ts";
import type { Effect } from "../domain/effect.ts";
import type { RepositoryId } from "../domain/model.ts";

/** Something that should be true outside and is not. */
export interface TroubledEffect {
  readonly target: string;
  readonly desired: Effect;
  /** `refused`: the other side said no for good. `waiting`: it is tried again by itself. */
  readonly state: "refused" | "waiting";
  /** How often it was tried. */
  readonly tries: number;
  /** null: nobody has answered yet. */
  readonly answer: string | null;
  /** Since when it is wished for. */
  readonly since: Date;
}

/** What came through within that time was no trouble. */
const PATIENCE = 60_000;
/** What was refused longer ago is nobody's concern any more. */
const LATELY = 7 * 24 * 3_600_000;

/** Of these repositories, newest first. */
export async function listTroubledEffects(
  database: Queryable,
  repositoryIds: readonly RepositoryId[],
  at: Date,
  limit: number,
): Promise<readonly TroubledEffect[]> {
  return await database.query<TroubledEffect>(
    `select target, desired, case when done_revision < revision then 'waiting' else 'refused' end as state,
            posts as tries, last_answer as answer, updated_at as since
       from holdpoint.effect
      where repository_id = any ($1::bigint[])
        and ((done_revision < revision and (last_answer is not null or updated_at <= $2))
             or (done_revision >= revision and last_answer is not null and updated_at > $3))
      order by updated_at desc, target
      limit $4`,
    [repositoryIds, new Date(at.getTime() - PATIENCE), new Date(at.getTime() - LATELY), limit],
  );
}
