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

/** Databases copied from a migrated one. `address` has `%DATABASE%` in the place of a database's name, and is its owner's. */
export function copiesOf(address: string, template: string): Pick<SimulationServer, "createDatabase"> {
  function fill(database: string): string {
    return address.replace("%DATABASE%", database);
  }
  function script(text: string): Promise<void> {
    return withOwnerSession(fill("postgres"), "preparing a simulation", (session) => session.script(text));
  }
  return {
    async createDatabase(name) {
      await script(`drop database if exists ${name} with (force)`);
      await script(`create database ${name} template ${template}`);
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
  const address = own.migrationUrl.replace("@/holdpoint?", "@/%DATABASE%?");
  const options = { url: address.replace("%DATABASE%", TEMPLATE), runtimeRole: null };
  await withOwnerSession(address.replace("%DATABASE%", "postgres"), "preparing simulations", (session) =>
    session.script(`create database ${TEMPLATE}`),
  );
  await migrate({ ...options, at: new Date("2026-01-01T00:00:00Z") });
  await installQueue({ ...options, log: SILENT });
  return {
    ...copiesOf(address, TEMPLATE),
    async stop() {
      await own.stop();
      await rm(folder, { recursive: true });
    },
  };
}
