import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openDatabase } from "../../src/database/open-database.ts";
import type { Database } from "../../src/database/database.ts";
import { startOwnServer } from "../../src/database/own-server/start-own-server.ts";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { benchLog } from "../bench/database.ts";
import { mountRoom, type Room } from "./room.ts";

/** A PostgreSQL as Holdpoint would start it, that can be hurt. Nothing of its durability is turned off. */
export interface ChaosServer {
  readonly version: string;
  /** Of an empty database, for its owner, by a socket: no proxy stands before it. */
  readonly url: string;
  /** Where its files are, when that room can be filled; null: it cannot. */
  readonly room: Room | null;
  /** As its owner; made anew for each question, since all sessions may just have been ended. */
  readonly ask: <Row>(sql: string) => Promise<readonly Row[]>;
  /** For whoever judges. */
  readonly open: () => Promise<Database>;
  /** What `pg_ctl stop -m immediate` does; whoever supervises it starts it again, and it recovers from its log. */
  readonly crash: () => Promise<void>;
  /** Resolves when it answers again. */
  readonly back: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const QUIET = { ...benchLog, warn: () => undefined, error: () => undefined };
const NAME = "chaos";
const MEGABYTES = 400;
const LOOK_EVERY = 500;

/** `fillable`: on a file system of its own, where this machine lets us have one. */
export async function startServer(options: { readonly fillable: boolean }): Promise<ChaosServer> {
  const folder = await mkdtemp(join(tmpdir(), "holdpoint-chaos-data-"));
  // As root, PostgreSQL runs as somebody else, who must get there.
  await chmod(folder, 0o711);
  const room = options.fillable ? mountRoom(join(folder, "room"), MEGABYTES) : null;
  const dataDirectory = join(folder, "room", "data");
  await mkdir(dataDirectory, { recursive: true });
  const own = await startOwnServer({
    dataDirectory,
    log: QUIET,
    // Its log would fill a small room by itself.
    settings: room === null ? [] : ["max_wal_size=64MB", "min_wal_size=32MB"],
  });
  const url = own.migrationUrl.replace("@/holdpoint?", `@/${NAME}?`);
  function ask<Row>(sql: string): Promise<readonly Row[]> {
    return withOwnerSession(url, "asking", (session) => session.query<Row>(sql));
  }
  await withOwnerSession(own.migrationUrl, "making a database", (session) =>
    session.script(`create database ${NAME}`),
  );
  const [shown] = await ask<{ readonly version: string }>(
    "select current_setting('server_version') as version",
  );
  return {
    version: shown?.version ?? "unknown",
    url,
    room,
    ask,
    open: () => openDatabase({ url, purpose: "work", log: QUIET }),
    async crash() {
      const [pid = ""] = (await readFile(join(dataDirectory, "postgres", "postmaster.pid"), "utf8")).split(
        "\n",
      );
      process.kill(Number(pid), "SIGQUIT");
    },
    async back() {
      for (;;) {
        // A server that is on its way down may still answer once.
        await pause(LOOK_EVERY);
        const answered = await ask("select 1").then(
          () => true,
          () => false,
        );
        if (answered) return;
      }
    },
    async stop() {
      await own.stop();
      room?.leave();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
