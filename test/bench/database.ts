import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOwnServer } from "../../src/database/own-server/start-own-server.ts";
import { migrate } from "../../src/database/migrate.ts";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { createLog } from "../../src/log.ts";
import { installQueue } from "../../src/queue/install-queue.ts";

export const benchLog = createLog({
  level: "warn",
  clock: { now: () => new Date() },
  write: (line) => void process.stderr.write(line),
  secrets: [],
});

/** A PostgreSQL of the bench's own, as Holdpoint would start it: nothing is turned off. */
export interface BenchServer {
  readonly version: string;
  /** What it says of its own durability. */
  readonly durability: string;
  /** A fresh database; the address is its owner's. */
  readonly createDatabase: (state: "migrated" | "empty") => Promise<string>;
  readonly stop: () => Promise<void>;
}

export async function startBenchServer(): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), "holdpoint-bench-"));
  const own = await startOwnServer({ dataDirectory: folder, log: benchLog });
  function ownerUrl(database: string): string {
    return own.migrationUrl.replace("@/holdpoint?", `@/${database}?`);
  }
  async function show(setting: string): Promise<string> {
    const rows = await withOwnerSession(ownerUrl("postgres"), "reading a setting", (session) =>
      session.query<{ readonly value: string }>("select current_setting($1) as value", [setting]),
    );
    return rows[0]?.value ?? "";
  }
  return {
    version: await show("server_version"),
    durability: `fsync ${await show("fsync")}, synchronous_commit ${await show("synchronous_commit")}, full_page_writes ${await show("full_page_writes")}`,
    async createDatabase(state) {
      const name = `bench_${randomBytes(6).toString("hex")}`;
      await withOwnerSession(ownerUrl("postgres"), "making a database", (session) =>
        session.script(`create database ${name}`),
      );
      if (state === "migrated") {
        const options = { url: ownerUrl(name), runtimeRole: null };
        await migrate({ ...options, at: new Date() });
        await installQueue({ ...options, log: benchLog });
      }
      return ownerUrl(name);
    },
    async stop() {
      await own.stop();
      await rm(folder, { recursive: true });
    },
  };
}
