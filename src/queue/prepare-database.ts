import type { Clock } from "../clock.ts";
import type { DatabaseSettings } from "../config.ts";
import { migrate } from "../database/migrate.ts";
import { startOwnServer } from "../database/own-server/start-own-server.ts";
import { withOwnerSession } from "../database/with-owner-session.ts";
import type { Log } from "../log.ts";
import { installQueue } from "./install-queue.ts";

/** A migrated database; `stop` ends the server where it is our own. */
export interface PreparedDatabase {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Yours, by DATABASE_URL, or one of our own in the data directory; brought up to date either way. */
export async function prepareDatabase(
  settings: DatabaseSettings,
  clock: Clock,
  log: Log,
): Promise<PreparedDatabase> {
  if (settings.url !== null) {
    const runtimeRole = settings.migrationUrl === null ? null : await readRole(settings.url);
    await bringUpToDate(settings.migrationUrl ?? settings.url, runtimeRole, clock, log);
    return { url: settings.url, stop: () => Promise.resolve() };
  }
  const own = await startOwnServer({ dataDirectory: settings.dataDirectory, log });
  try {
    await bringUpToDate(own.migrationUrl, own.runtimeRole, clock, log);
  } catch (error) {
    await own.stop();
    throw error;
  }
  return own;
}

async function bringUpToDate(url: string, runtimeRole: string | null, clock: Clock, log: Log): Promise<void> {
  const applied = await migrate({ url, runtimeRole, at: clock.now() });
  if (applied.length > 0) log.info("migrated", { applied: applied.join(", ") });
  await installQueue({ url, runtimeRole, log });
}

/** The role in a PostgreSQL address; null where it names none. Such an address may have no host, which URL refuses. */
/** As whom the address logs in: asked of the server, since it may also come from elsewhere than the address. */
async function readRole(url: string): Promise<string> {
  return withOwnerSession(url, "reading the role's name", async (session) => {
    const [row] = await session.query<{ readonly role: string }>("select current_user as role");
    if (row === undefined) throw new Error("the database named no role");
    return row.role;
  });
}
