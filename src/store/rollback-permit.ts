import type { Queryable, Transaction } from "../database/database.ts";
import type { RollbackPermit } from "../domain/gate/override.ts";
import type { RepositoryId } from "../domain/model.ts";
import type { Actor } from "./override.ts";

export interface NewRollbackPermit extends Omit<RollbackPermit, "by"> {
  /** What it was decided upon: `comment:6`. One permit each. */
  readonly source: string;
  readonly by: Actor;
}

/** Keeps it; false where the same source was decided upon before. */
export async function addRollbackPermit(
  transaction: Transaction,
  given: NewRollbackPermit,
): Promise<boolean> {
  const { repositoryId, source, environment, sha, by, because, beganAt, endsAt } = given;
  const rows = await transaction.query(
    `insert into holdpoint.rollback_permit
            (repository_id, source, environment, sha, by_id, by_login, because, began_at, ends_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (repository_id, source) do nothing
     returning id`,
    [repositoryId, source, environment, sha, by.id, by.login, because, beganAt, endsAt],
  );
  return rows.length > 0;
}

/** Those in force at a moment. */
export async function listRollbackPermits(
  database: Queryable,
  repositoryId: RepositoryId,
  at: Date,
): Promise<readonly RollbackPermit[]> {
  const rows = await database.query<Omit<RollbackPermit, "repositoryId">>(
    `select environment, sha, by_login as "by", because, began_at as "beganAt", ends_at as "endsAt"
       from holdpoint.rollback_permit
      where repository_id = $1 and began_at <= $2 and ends_at > $2
      order by id`,
    [repositoryId, at],
  );
  return rows.map((row) => ({ ...row, repositoryId }));
}
