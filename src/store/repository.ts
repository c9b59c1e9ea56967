import type { Queryable } from "../database/database.ts";
import { isInstallationId, isRepositoryId } from "../domain/brands.ts";
import type { InstallationId, RepositoryFacts, RepositoryId } from "../domain/model.ts";
import { Fault } from "../errors.ts";

/** Why nothing is done for a repository any more. */
export type Gone = "deleted" | "removed" | "transferred";

export interface StoredRepository {
  readonly facts: RepositoryFacts;
  readonly gone: Gone | null;
}

/** As the driver gives it: `bigint` as text. */
export interface RepositoryRow {
  readonly id: string;
  readonly installationId: string;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  readonly private: boolean;
  readonly archived: boolean;
  readonly gone: Gone | null;
}

const REPOSITORY_COLUMNS = `id, installation_id as "installationId", owner, name, default_branch as "defaultBranch",
                 private, archived, gone`;

/** Learns a repository, or what it is called now. One that comes back is no longer gone. */
export async function upsertRepository(database: Queryable, facts: RepositoryFacts, at: Date): Promise<void> {
  await database.query(
    `insert into holdpoint.repository as r
            (id, installation_id, owner, name, default_branch, private, archived, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do update
        set installation_id = excluded.installation_id, owner = excluded.owner, name = excluded.name,
            default_branch = excluded.default_branch, private = excluded.private,
            archived = excluded.archived, gone = null, updated_at = excluded.updated_at
      where (r.installation_id, r.owner, r.name, r.default_branch, r.private, r.archived, r.gone)
            is distinct from
            (excluded.installation_id, excluded.owner, excluded.name, excluded.default_branch,
             excluded.private, excluded.archived, null)`,
    [
      facts.id,
      facts.installationId,
      facts.owner,
      facts.name,
      facts.defaultBranch,
      facts.private,
      facts.archived,
      at,
    ],
  );
}

export async function findRepository(
  database: Queryable,
  id: RepositoryId,
): Promise<StoredRepository | null> {
  const rows = await database.query<RepositoryRow>(
    `select ${REPOSITORY_COLUMNS} from holdpoint.repository where id = $1`,
    [id],
  );
  return rows[0] === undefined ? null : readRepositoryRow(rows[0]);
}

/**
 * The repository as far as anything may be done for it. null: never heard of, gone, archived, or its installation is
 * suspended or removed, so that there is no good token for it.
 */
export async function findActiveRepository(
  database: Queryable,
  id: RepositoryId,
): Promise<RepositoryFacts | null> {
  const facts = await findReachableRepository(database, id);
  return facts?.archived === true ? null : facts;
}

/** As `findActiveRepository`, archived ones as well: that is how one is found to be archived no more. */
export async function findReachableRepository(
  database: Queryable,
  id: RepositoryId,
): Promise<RepositoryFacts | null> {
  const rows = await database.query<RepositoryRow>(
    `select ${REPOSITORY_COLUMNS} from holdpoint.repository r
      where id = $1 and gone is null
        and not exists (select from holdpoint.installation i
                         where i.id = r.installation_id and i.state <> 'active')`,
    [id],
  );
  return rows[0] === undefined ? null : readRepositoryRow(rows[0]).facts;
}

/** The repositories of an installation as they are stored, those that are gone as well. */
export async function listStoredRepositories(
  database: Queryable,
  installation: InstallationId,
): Promise<readonly StoredRepository[]> {
  const rows = await database.query<RepositoryRow>(
    `select ${REPOSITORY_COLUMNS} from holdpoint.repository where installation_id = $1 order by id`,
    [installation],
  );
  return rows.map(readRepositoryRow);
}

/** The work of a repository stops; what is stored of it stays. */
export async function markRepositoryGone(
  database: Queryable,
  id: RepositoryId,
  because: Gone,
  at: Date,
): Promise<void> {
  await database.query(
    `update holdpoint.repository set gone = $2, updated_at = $3 where id = $1 and gone is null`,
    [id, because, at],
  );
}

/** It is not asked for again at once: what fails is tried again by the queue. */
export async function markReconciling(database: Queryable, id: RepositoryId, at: Date): Promise<void> {
  await database.query(`update holdpoint.repository set reconciling_at = $2 where id = $1`, [id, at]);
}

/** Everything was compared with GitHub as it was at that moment. */
export async function markReconciled(database: Queryable, id: RepositoryId, at: Date): Promise<void> {
  await database.query(`update holdpoint.repository set reconciled_at = $2 where id = $1`, [id, at]);
}

/** The repositories of active installations whose reconciliation was not begun since then, longest ago first. */
export async function listUnreconciled(
  database: Queryable,
  since: Date,
  limit: number,
): Promise<readonly RepositoryId[]> {
  const rows = await database.query<{ id: string }>(
    `select r.id
       from holdpoint.repository r
       left join holdpoint.installation i on i.id = r.installation_id
      where r.gone is null and not r.archived and coalesce(i.state, 'active') = 'active'
        and (r.reconciling_at is null or r.reconciling_at <= $1)
      order by r.reconciling_at nulls first, r.id
      limit $2`,
    [since, limit],
  );
  return rows.map(({ id }) => Number(id)).filter(isRepositoryId);
}

/** @throws Fault `database-damaged` where the row is none that this code wrote. */
export function readRepositoryRow(row: RepositoryRow): StoredRepository {
  const { owner, name, defaultBranch, archived, gone } = row;
  const [id, installationId] = [Number(row.id), Number(row.installationId)];
  if (!isRepositoryId(id) || !isInstallationId(installationId)) {
    throw new Fault({
      kind: "never-retry",
      code: "database-damaged",
      doing: "reading a repository",
      detail: `id ${row.id}, installation ${row.installationId}`,
    });
  }
  return {
    facts: { id, installationId, owner, name, defaultBranch, private: row.private, archived },
    gone,
  };
}
