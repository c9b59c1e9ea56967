import { chmod, chown, mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { Fault, asError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import * as wording from "../../domain/wording/database.ts";
import { type Cluster, findOrMakeCluster } from "./cluster.ts";
import { lockFolder } from "./folder-lock.ts";
import { type Postmaster, type PostmasterOptions, startPostmaster } from "./postmaster.ts";
import { findServerPackage, prepareServerPrograms } from "./server-programs.ts";
import { type ServerUser, canReach, findServerUser } from "./server-user.ts";
import { stopOrphan } from "./stop-orphan.ts";

export interface OwnServerOptions {
  /** `HOLDPOINT_DATA_DIR`; made where it is not there. */
  readonly dataDirectory: string;
  readonly log: Log;
  /** More settings of PostgreSQL, `name=value`; tests only. */
  readonly settings?: readonly string[];
}

/** A PostgreSQL of our own. What it is reached by says nothing of whose it is. */
export interface OwnServer {
  /** Of the role that Holdpoint runs as, which changes no tables. */
  readonly url: string;
  /** Of the role that migrates. */
  readonly migrationUrl: string;
  readonly runtimeRole: string;
  /** Ends it in good order and gives the folder free. Close all pools first. */
  readonly stop: () => Promise<void>;
}

const RUNTIME_ROLE = "holdpoint";
const DATABASE = "holdpoint";
/** What a Unix socket's path may take, its name `/.s.PGSQL.5432` included: 104 bytes on some systems. */
const SOCKET_PATH_LIMIT = 103 - "/.s.PGSQL.5432".length;
const RESTART_AFTER = 1_000;

/**
 * Starts PostgreSQL on the data directory, fsync on, reachable by a socket alone. Measured on two cores: 1.3 s when it
 * is set up first, 0.1 s afterwards. Should it end unasked, it is started again.
 *
 * Faults (misconfigured, each with a sentence for people in `detail`): `own-server-impossible`,
 * `data-folder-in-use`, `data-folder-unreachable`, `data-folder-of-other-version`, `cluster-not-made`,
 * `own-server-ended`.
 */
export async function startOwnServer(options: OwnServerOptions): Promise<OwnServer> {
  if (process.platform === "win32") throw impossible(wording.socketsUnsupported());
  const user = await findServerUser();
  const data = await prepareFolder(resolve(options.dataDirectory), user);
  const lock = lockFolder(data);
  try {
    const programs = await prepareServerPrograms(await findServerPackage(), user, data);
    const cluster = await findOrMakeCluster(join(data, "postgres"), programs, user);
    if (await stopOrphan(cluster, data)) options.log.warn("a PostgreSQL left behind was stopped");
    const socketFolder = await prepareSocketFolder(data, user);
    const supervised = await supervise(
      { programs, user, folder: cluster.folder, socketFolder, settings: options.settings ?? [] },
      options.log,
    );
    try {
      await prepareDatabase(cluster, socketFolder);
    } catch (error) {
      await supervised.stop();
      throw error;
    }
    return {
      url: addressOf(RUNTIME_ROLE, cluster.password, socketFolder),
      migrationUrl: addressOf(cluster.owner, cluster.password, socketFolder),
      runtimeRole: RUNTIME_ROLE,
      async stop() {
        await supervised.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The data folder itself stays ours; PostgreSQL makes and owns what is below. */
async function prepareFolder(folder: string, user: ServerUser | null): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    if (user !== null) await chown(folder, user.uid, user.gid);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw unreachable(wording.folderNotWritable(folder, code), error);
  }
  if (!(await canReach(user, folder, "w"))) {
    throw unreachable(
      user === null
        ? wording.folderNotWritable(folder, "EACCES")
        : wording.folderOutOfReach(folder, user.name),
      null,
    );
  }
  return folder;
}

async function prepareSocketFolder(data: string, user: ServerUser | null): Promise<string> {
  const near = join(data, "socket");
  const folder =
    Buffer.byteLength(near) <= SOCKET_PATH_LIMIT ? near : await mkdtemp(join(tmpdir(), "holdpoint-"));
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  if (user !== null) await chown(folder, user.uid, user.gid);
  return folder;
}

/** The runtime role and the database, made on the first start or on the next one after a start that was cut short. */
async function prepareDatabase(cluster: Cluster, socketFolder: string): Promise<void> {
  const client = new Client({
    host: socketFolder,
    user: cluster.owner,
    password: cluster.password,
    database: "postgres",
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ readonly role: boolean; readonly database: boolean }>(
      `select exists (select from pg_roles where rolname = $1) as role,
              exists (select from pg_database where datname = $2) as database`,
      [RUNTIME_ROLE, DATABASE],
    );
    if (rows[0]?.role !== true) {
      await client.query(
        `create role ${RUNTIME_ROLE} login password ${client.escapeLiteral(cluster.password)}`,
      );
    }
    if (rows[0]?.database !== true) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** Keeps a server running until it is stopped. */
async function supervise(
  options: PostmasterOptions,
  log: Log,
): Promise<{ readonly stop: () => Promise<void> }> {
  const stopping = new AbortController();
  let current: Promise<Postmaster | null> = startPostmaster(options).then(watch);
  await current;

  function watch(postmaster: Postmaster): Postmaster {
    void replaceWhenEnded(postmaster);
    return postmaster;
  }
  async function replaceWhenEnded(postmaster: Postmaster): Promise<void> {
    const lastWords = await postmaster.ended;
    if (stopping.signal.aborted) return;
    log.error("PostgreSQL ended unasked and is started again", { lastWords });
    current = restart();
  }
  async function restart(): Promise<Postmaster | null> {
    while (!stopping.signal.aborted) {
      try {
        return watch(await startPostmaster(options));
      } catch (error) {
        log.error("PostgreSQL could not be started again", { error: asError(error) });
        await pause(RESTART_AFTER);
      }
    }
    return null;
  }
  return {
    async stop() {
      stopping.abort();
      const last = await current;
      await last?.stop();
    },
  };
}

/** The form that pg understands for a socket: the folder as the parameter `host`. */
function addressOf(role: string, password: string, socketFolder: string): string {
  return `postgresql://${role}:${encodeURIComponent(password)}@/${DATABASE}?host=${encodeURIComponent(socketFolder)}`;
}

function unreachable(detail: string, cause: unknown): Fault {
  return new Fault({
    kind: "misconfigured",
    code: "data-folder-unreachable",
    doing: "starting PostgreSQL",
    detail,
    cause,
  });
}

function impossible(reason: string): Fault {
  return new Fault({
    kind: "misconfigured",
    code: "own-server-impossible",
    doing: "starting PostgreSQL",
    detail: wording.ownServerCannotRun(reason),
  });
}
