import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOwnServer } from "../../src/database/own-server/start-own-server.ts";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { benchLog } from "../bench/database.ts";

/** One PostgreSQL for all runs: to make one takes longer than most of the tests that are run on it. */
export async function startTestServer(): Promise<{
  readonly url: string;
  readonly version: string;
  readonly stop: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), "holdpoint-protections-data-"));
  const settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
  const own = await startOwnServer({ dataDirectory: folder, log: benchLog, settings });
  const rows = await withOwnerSession(own.migrationUrl, "reading the version", (session) =>
    session.query<{ readonly version: string }>("select current_setting('server_version') as version"),
  );
  return {
    url: own.migrationUrl,
    version: rows[0]?.version ?? "unknown",
    async stop() {
      await own.stop();
      await rm(folder, { recursive: true });
    },
  };
}
