import type { Queryable } from "../database/database.ts";
import type { InstallationId } from "../domain/model.ts";

/** Until when nobody may call GitHub for an installation; the same for all replicas. */
async function readPause(database: Queryable, installation: InstallationId): Promise<Date | null> {
  const rows = await database.query<{ readonly until: Date }>(
    "select until from holdpoint.github_pause where installation_id = $1",
    [installation],
  );
  return rows[0]?.until ?? null;
}

/** A pause only grows: what one replica was told is not undone by what another was told before. */
async function extendPause(database: Queryable, installation: InstallationId, until: Date): Promise<void> {
  await database.query(
    `insert into holdpoint.github_pause as pause (installation_id, until) values ($1, $2)
     on conflict (installation_id) do update
        set until = greatest(pause.until, excluded.until), strikes = pause.strikes + 1`,
    [installation, until],
  );
}

/** Both, as the adapter wants them. */
export function createSharedPauses(database: Queryable): {
  readonly until: (installation: InstallationId) => Promise<Date | null>;
  readonly extend: (installation: InstallationId, until: Date) => Promise<void>;
} {
  return {
    until: (installation) => readPause(database, installation),
    extend: (installation, until) => extendPause(database, installation, until),
  };
}
