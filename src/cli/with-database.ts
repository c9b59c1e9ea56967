import { performance } from "node:perf_hooks";
import { type Clock, startClock } from "../clock.ts";
import { type DatabaseSettings, readDatabaseSettings } from "../config.ts";
import type { Database } from "../database/database.ts";
import { checkMigrations } from "../database/migrate.ts";
import { openDatabase } from "../database/open-database.ts";
import { hasCluster } from "../database/own-server/cluster.ts";
import { findRunningServer } from "../database/own-server/find-running-server.ts";
import { readDatabaseTime } from "../database/read-database-time.ts";
import { settingsRefused } from "../domain/wording/config.ts";
import * as wording from "../domain/wording/database.ts";
import { Fault } from "../errors.ts";
import { createLog } from "../log.ts";
import { createQueue } from "../queue/create-queue.ts";
import { type PreparedDatabase, prepareDatabase } from "../queue/prepare-database.ts";
import type { Queue } from "../queue/queue.ts";
import type { CommandInput, ExitCode } from "./command.ts";

export interface OpenedDatabase {
  readonly database: Database;
  /** Enqueues and counts; works on nothing. */
  readonly queue: Queue;
  readonly clock: Clock;
}

/** Whether a command may make the database and its tables, or finds them as they are. */
export type Preparing = "as-it-is" | "brought-up-to-date";

/**
 * Runs a command on Holdpoint's database: yours by DATABASE_URL, the own server of a Holdpoint that is
 * running on this data folder, or that server started for as long as the command takes.
 *
 * Faults, `as-it-is`: `database-not-made`, and those of `checkMigrations`. Whoever only looks changes no tables of yours, and an
 * empty database that was just made would say that all is well. An own server that does not run is started as `start` does it.
 */
export async function withDatabase(
  input: CommandInput,
  preparing: Preparing,
  use: (opened: OpenedDatabase) => Promise<ExitCode>,
): Promise<ExitCode> {
  const settings = readDatabaseSettings(input.environment, process.getuid?.() === 0);
  if (!settings.ok) {
    input.err(`${settingsRefused(settings.problems)}\n`);
    return 2;
  }
  const wall = startClock(new Date(), () => performance.now());
  const log = createLog({ level: "warn", clock: wall, write: input.err, secrets: [] });
  const server =
    (await findServer(settings.value, preparing)) ?? (await prepareDatabase(settings.value, wall, log));
  try {
    const database = await openDatabase({ url: server.url, purpose: "work", log });
    try {
      if (preparing === "as-it-is") await checkMigrations(database);
      const clock = startClock(await readDatabaseTime(database), () => performance.now());
      const queue = await createQueue({ url: server.url, database, clock, log });
      try {
        return await use({ database, queue, clock });
      } finally {
        await queue.stop(0);
      }
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

/** One that runs; null: it is to be prepared. */
async function findServer(
  { url, dataDirectory }: DatabaseSettings,
  preparing: Preparing,
): Promise<PreparedDatabase | null> {
  const running =
    url === null ? await findRunningServer(dataDirectory) : preparing === "as-it-is" ? url : null;
  if (running !== null) return { url: running, stop: () => Promise.resolve() };
  if (url === null && preparing === "as-it-is" && !(await hasCluster(dataDirectory))) {
    throw new Fault({
      kind: "misconfigured",
      code: "database-not-made",
      doing: "looking for the database",
      detail: wording.noDatabaseYet(dataDirectory),
    });
  }
  return null;
}
