import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../src/database/migrate.ts";
import { startOwnServer } from "../../src/database/own-server/start-own-server.ts";
import { openStatementRunner, type StatementRunner } from "../../src/database/statement-runner.ts";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { SILENT } from "./silent-log.ts";
import { installQueue } from "../../src/queue/install-queue.ts";

/** One migrated database for one world. */
export interface SimulationDatabase {
  readonly name: string;
  /** For a process of that name: the server shows it beside each of its sessions. */
  readonly urlFor: (process: string) => string;
  readonly open: (process: string) => StatementRunner;
  readonly drop: () => Promise<void>;
}

export interface SimulationServer {
  readonly createDatabase: (name: string) => Promise<SimulationDatabase>;
  readonly stop: () => Promise<void>;
}

const TEMPLATE = "simulation_template";

/** A server on which such databases are made; `address` has `%DATABASE%` in the place of a database's name, and is its owner's. */
export async function prepareServer(
  address: string,
): Promise<Pick<SimulationServer, "createDatabase"> & { readonly dropTemplate: () => Promise<void> }> {
  function fill(database: string): string {
    return address.replace("%DATABASE%", database);
  }
  async function script(text: string): Promise<void> {
    await withOwnerSession(fill("postgres"), "preparing a simulation", (session) => session.script(text));
  }
  await script(`drop database if exists ${TEMPLATE} with (force)`);
  await script(`create database ${TEMPLATE}`);
  const options = { url: fill(TEMPLATE), runtimeRole: null };
  await migrate({ ...options, at: new Date("2026-01-01T00:00:00Z") });
  await installQueue({ ...options, log: SILENT });
  return {
    async createDatabase(name) {
      await script(`drop database if exists ${name} with (force)`);
      await script(`create database ${name} template ${TEMPLATE}`);
      function urlFor(process: string): string {
        const url = fill(name);
        return `${url}${url.includes("?") ? "&" : "?"}application_name=${process}`;
      }
      return {
        name,
        urlFor,
        open: (process) => openStatementRunner({ url: urlFor(process), connections: 2, log: SILENT }),
        drop: () => script(`drop database ${name} with (force)`),
      };
    },
    dropTemplate: () => script(`drop database ${TEMPLATE} with (force)`),
  };
}

/** A server of the simulation's own. Nothing of it outlives the run, so it does not wait for the disk. */
export async function startSimulationServer(): Promise<SimulationServer> {
  const folder = await mkdtemp(join(tmpdir(), "holdpoint-simulation-"));
  const own = await startOwnServer({
    dataDirectory: folder,
    log: SILENT,
    settings: ["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
  });
  const { createDatabase } = await prepareServer(own.migrationUrl.replace("@/holdpoint?", "@/%DATABASE%?"));
  return {
    createDatabase,
    async stop() {
      await own.stop();
      await rm(folder, { recursive: true });
    },
  };
}
