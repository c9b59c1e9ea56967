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
    `insert into holdpoint.github_pause as pause (installation_id, until, strikes) values ($1, $2, 0)
     on conflict (installation_id) do update set until = greatest(pause.until, excluded.until)`,
    [installation, until],
  );
}

/** Counts one more limit in a row that came without a time; answers how many there were before. */
async function strike(database: Queryable, installation: InstallationId, at: Date): Promise<number> {
  const rows = await database.query<{ readonly strikes: number }>(
    `insert into holdpoint.github_pause as pause (installation_id, until, strikes) values ($1, $2, 1)
     on conflict (installation_id) do update set strikes = pause.strikes + 1
     returning strikes`,
    [installation, at],
  );
  return (rows[0]?.strikes ?? 1) - 1;
}

async function calm(database: Queryable, installation: InstallationId): Promise<void> {
  await database.query(
    "update holdpoint.github_pause set strikes = 0 where installation_id = $1 and strikes <> 0",
    [installation],
  );
}

/** All of it, as the adapter wants it. */
export function createSharedPauses(database: Queryable): {
  readonly until: (installation: InstallationId) => Promise<Date | null>;
  readonly extend: (installation: InstallationId, until: Date) => Promise<void>;
  readonly strike: (installation: InstallationId, at: Date) => Promise<number>;
  readonly calm: (installation: InstallationId) => Promise<void>;
} {
  return {
    until: (installation) => readPause(database, installation),
    extend: (installation, until) => extendPause(database, installation, until),
    strike: (installation, at) => strike(database, installation, at),
    calm: (installation) => calm(database, installation),
  };
}
