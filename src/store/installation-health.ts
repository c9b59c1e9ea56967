import type { Queryable } from "../database/database.ts";
import { isInstallationId } from "../domain/brands.ts";
import type { InstallationId } from "../domain/model.ts";
import type { Granted } from "../domain/permissions/granted.ts";

/** How Holdpoint stands with an account at GitHub. */
export interface InstallationHealth {
  readonly id: InstallationId;
  readonly account: string;
  /** null: GitHub was not asked yet. */
  readonly granted: Granted | null;
  /** Until when GitHub is left alone there, whatever is to be done; null: it is not. */
  readonly pausedUntil: Date | null;
}

/** Of these installations, by account. */
export async function listInstallationHealth(
  database: Queryable,
  ids: readonly InstallationId[],
  at: Date,
): Promise<readonly InstallationHealth[]> {
  const rows = await database.query<{
    readonly id: string;
    readonly account: string;
    readonly permissions: Readonly<Record<string, string>> | null;
    readonly events: readonly string[] | null;
    readonly page: string | null;
    readonly until: Date | null;
  }>(
    `select i.id, i.account_login as account, i.permissions, i.events, i.page, p.until
       from holdpoint.installation i
       left join holdpoint.github_pause p on p.installation_id = i.id and p.until > $2
      where i.id = any ($1::bigint[])
      order by lower(i.account_login)`,
    [ids, at],
  );
  return rows.flatMap(({ id, account, permissions, events, page, until }) => {
    const installation = Number(id);
    if (!isInstallationId(installation)) return [];
    const granted = permissions === null || events === null ? null : { permissions, events, page };
    return [{ id: installation, account, granted, pausedUntil: until }];
  });
}
