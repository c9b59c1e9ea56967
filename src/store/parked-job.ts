import type { Queryable } from "../database/database.ts";
import { isRepositoryId } from "../domain/brands.ts";
import type { RepositoryId } from "../domain/model.ts";
import { readRepositoryIn } from "./delivery-repository.ts";

/** A look or an effect that failed for good, of one repository. */
export interface ParkedJobOfRepository {
  readonly id: string;
  readonly repositoryId: RepositoryId;
  readonly kind: "look" | "effect";
  /** `deploy:12`, `status:12:…`: what was looked at, or should have become true. */
  readonly key: string;
  readonly retries: number;
  readonly lastError: string;
  readonly parkedAt: Date;
}

/** Whose it is: a look names its repository, an effect's target has a row that does. */
const OF_REPOSITORY = `coalesce((j.data #>> '{subject,repositoryId}')::bigint, e.repository_id)`;

/** Whose work a parked job is; null: nobody's, or there is no such job. Of a delivery its stored body tells. */
export async function findParkedRepository(database: Queryable, id: string): Promise<number | null> {
  const rows = await database.query<{ readonly repositoryId: string | null; readonly body: Buffer | null }>(
    `select ${OF_REPOSITORY} as "repositoryId", d.body
       from holdpoint.parked_job j
       left join holdpoint.effect e on j.kind = 'effect' and e.target = j.data ->> 'target'
       left join holdpoint.delivery d on j.kind = 'delivery' and d.id = j.data ->> 'id' and d.source = 'github'
      where j.id::text = $1`,
    [id],
  );
  const row = rows[0];
  if (row === undefined) return null;
  if (row.repositoryId !== null) return Number(row.repositoryId);
  return row.body === null ? null : await readRepositoryIn(row.body);
}

/** Of these repositories, newest first. Deliveries are none of theirs before they are translated. */
export async function listParkedOf(
  database: Queryable,
  repositoryIds: readonly RepositoryId[],
  limit: number,
): Promise<readonly ParkedJobOfRepository[]> {
  const rows = await database.query<Omit<ParkedJobOfRepository, "repositoryId"> & { repositoryId: string }>(
    `select j.id, ${OF_REPOSITORY} as "repositoryId", j.kind, j.key, j.retries, j.last_error as "lastError",
            j.parked_at as "parkedAt"
       from holdpoint.parked_job j
       left join holdpoint.effect e on j.kind = 'effect' and e.target = j.data ->> 'target'
      where j.kind in ('look', 'effect') and ${OF_REPOSITORY} = any ($1::bigint[])
      order by j.parked_at desc, j.id
      limit $2`,
    [repositoryIds, limit],
  );
  return rows.flatMap((row) => {
    const repositoryId = Number(row.repositoryId);
    return isRepositoryId(repositoryId) ? [{ ...row, repositoryId }] : [];
  });
}
