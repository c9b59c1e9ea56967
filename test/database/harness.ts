import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { inject } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { type OpenDatabaseOptions, openDatabase } from "../../src/database/open-database.ts";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import type { Log } from "../../src/log.ts";
import { loudLog } from "./loud-log.ts";

/** A real PostgreSQL database of the test's own, migrated, with the queues installed. */
export interface TestDatabase {
  /** Of the role that Holdpoint runs as. */
  readonly url: string;
  /** Of the role that may change tables. */
  readonly ownerUrl: string;
  /** An open pool on `url`; closed by `drop`. */
  readonly database: Database;
  /** One more pool; closed by `drop` unless it is before. */
  readonly open: (options?: Partial<OpenDatabaseOptions>) => Promise<Database>;
  /** Drops the database. Throws when somebody is still connected: that is a leak of the code under test. */
  readonly drop: () => Promise<void>;
}

const SESSIONS_GONE_WITHIN = 2_000;
const LOOK_EVERY = 20;

/**
 * A copy of the migrated template (some 30 ms):
 *
 *     let db: TestDatabase;
 *     beforeAll(async () => { db = await createTestDatabase(); });
 *     afterAll(() => db.drop());
 *
 * Warnings of its pools are printed, unless the test provokes them and brings another log.
 */
export async function createTestDatabase(log: Log = loudLog): Promise<TestDatabase> {
  const server = inject("testServer");
  const name = `holdpoint_test_${randomBytes(8).toString("hex")}`;
  const maintenanceUrl = server.ownerUrl.replace("%DATABASE%", "postgres");
  const url = server.runtimeUrl.replace("%DATABASE%", name);
  await withOwnerSession(maintenanceUrl, "copying the template", (session) =>
    session.script(`create database ${name} template ${server.template}`),
  );
  const pools: Database[] = [];
  async function open(options: Partial<OpenDatabaseOptions> = {}): Promise<Database> {
    const pool = await openDatabase({ url, purpose: "work", log, ...options });
    pools.push(pool);
    return pool;
  }
  return {
    url,
    ownerUrl: server.ownerUrl.replace("%DATABASE%", name),
    database: await open(),
    open,
    async drop() {
      await Promise.all(pools.map((pool) => pool.close()));
      const leaked = await listSessions(maintenanceUrl, name);
      await withOwnerSession(maintenanceUrl, "dropping a test's database", (session) =>
        session.script(`drop database ${name} with (force)`),
      );
      if (leaked.length > 0) throw new Error(`still connected after the test: ${leaked.join(", ")}`);
    },
  };
}

/** Who is connected once those that are just leaving have left. */
async function listSessions(url: string, name: string): Promise<readonly string[]> {
  return withOwnerSession(url, "looking for leaked sessions", async (session) => {
    for (let waited = 0; ; waited += LOOK_EVERY) {
      const rows = await session.query<{ readonly application_name: string }>(
        "select application_name from pg_stat_activity where datname = $1",
        [name],
      );
      if (rows.length === 0 || waited >= SESSIONS_GONE_WITHIN) return rows.map((row) => row.application_name);
      await pause(LOOK_EVERY);
    }
  });
}
