import { performance } from "node:perf_hooks";
import { type Clock, startClock } from "../clock.ts";
import { readDatabaseSettings } from "../config.ts";
import type { Database } from "../database/database.ts";
import { openDatabase } from "../database/open-database.ts";
import { findRunningServer } from "../database/own-server/find-running-server.ts";
import { readDatabaseTime } from "../database/read-database-time.ts";
import { settingsRefused } from "../domain/wording/config.ts";
import { createLog } from "../log.ts";
import { createQueue } from "../queue/create-queue.ts";
import { prepareDatabase } from "../queue/prepare-database.ts";
import type { Queue } from "../queue/queue.ts";
import type { CommandInput, ExitCode } from "./command.ts";

export interface OpenedDatabase {
  readonly database: Database;
  /** Enqueues and counts; works on nothing. */
  readonly queue: Queue;
  readonly clock: Clock;
}

/**
 * Runs a command on Holdpoint's database: yours by DATABASE_URL, the own server of a Holdpoint that is
 * running on this data folder, or that server started for as long as the command takes.
 */
export async function withDatabase(
  input: CommandInput,
  use: (opened: OpenedDatabase) => Promise<ExitCode>,
): Promise<ExitCode> {
  const settings = readDatabaseSettings(input.environment, process.getuid?.() === 0);
  if (!settings.ok) {
    input.err(`${settingsRefused(settings.problems)}\n`);
    return 2;
  }
  const wall = startClock(new Date(), () => performance.now());
  const log = createLog({ level: "warn", clock: wall, write: input.err, secrets: [] });
  const running = settings.value.url === null ? await findRunningServer(settings.value.dataDirectory) : null;
  const server =
    running === null
      ? await prepareDatabase(settings.value, wall, log)
      : { url: running, stop: () => Promise.resolve() };
  try {
    const database = await openDatabase({ url: server.url, purpose: "work", log });
    try {
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
