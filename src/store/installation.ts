import type { Queryable } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
import { isInstallationId } from "../domain/brands.ts";
import type { InstallationId } from "../domain/model.ts";
import type { Granted } from "../domain/permissions/granted.ts";

export type InstallationState = "active" | "suspended" | "deleted";

export interface InstallationFacts {
  readonly id: InstallationId;
  readonly account: { readonly id: number; readonly login: string };
  readonly state: InstallationState;
}

/** Learns an installation, or what became of it. */
export async function upsertInstallation(
  database: Queryable,
  installation: InstallationFacts,
  at: Date,
): Promise<void> {
  await database.query(
    `insert into holdpoint.installation as i (id, account_id, account_login, state, updated_at)
     values ($1, $2, $3, $4, $5)
     on conflict (id) do update
        set account_id = excluded.account_id, account_login = excluded.account_login,
            state = excluded.state, updated_at = excluded.updated_at
      where (i.account_id, i.account_login, i.state)
            is distinct from (excluded.account_id, excluded.account_login, excluded.state)`,
    [installation.id, installation.account.id, installation.account.login, installation.state, at],
  );
}

/** Keeps what the App may do there, as GitHub said last. */
export async function keepGranted(
  database: Queryable,
  id: InstallationId,
  { permissions, events, page }: Granted,
): Promise<void> {
  await database.query(
    `update holdpoint.installation
        set permissions = $2, events = $3, page = coalesce($4, page)
      where id = $1 and (permissions, events, page) is distinct from ($2::jsonb, $3::text[], coalesce($4, page))`,
    [id, storableJson(permissions), events, page],
  );
}

/** null: never heard of. */
export async function findInstallationState(
  database: Queryable,
  id: InstallationId,
): Promise<InstallationState | null> {
  const rows = await database.query<{ state: InstallationState }>(
    `select state from holdpoint.installation where id = $1`,
    [id],
  );
  return rows[0]?.state ?? null;
}

/**
 * Those that work is done for, as far as is known: also one that only its repositories tell of, because
 * nobody heard of its installation. The account of such a one is known by name alone (id 0).
 */
export async function listActiveInstallations(
  database: Queryable,
): Promise<readonly Omit<InstallationFacts, "state">[]> {
  const rows = await database.query<{ id: string; accountId: string; login: string }>(
    `select id, account_id as "accountId", account_login as login
       from holdpoint.installation where state = 'active'
     union all
     select r.installation_id, 0, min(r.owner)
       from holdpoint.repository r
      where r.gone is null
        and not exists (select from holdpoint.installation i where i.id = r.installation_id)
      group by r.installation_id
      order by id`,
  );
  return rows.flatMap(({ id, accountId, login }) => {
    const installation = Number(id);
    return isInstallationId(installation)
      ? [{ id: installation, account: { id: Number(accountId), login } }]
      : [];
  });
}

/** Whose each known installation is, by its number; those that are gone, too. */
export async function listAccounts(database: Queryable): Promise<ReadonlyMap<number, string>> {
  const rows = await database.query<{ id: string; login: string }>(
    `select id, account_login as login from holdpoint.installation`,
  );
  return new Map(rows.map(({ id, login }) => [Number(id), login]));
}
