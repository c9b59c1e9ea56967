import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { migrate } from "../../../src/database/migrate.ts";
import { openDatabase } from "../../../src/database/open-database.ts";
import { type OwnServer, startOwnServer } from "../../../src/database/own-server/start-own-server.ts";
import { withOwnerSession } from "../../../src/database/with-owner-session.ts";
import { loudLog, silentLog } from "../loud-log.ts";

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL("serve-until-killed.ts", import.meta.url));
const isRoot = process.getuid?.() === 0;

/** A set-up folder, made once and copied: setting one up takes a second. */
let template: string;
let folder: string;
const servers: OwnServer[] = [];

beforeAll(async () => {
  const home = await mkdtemp(join(tmpdir(), "holdpoint-own-"));
  // As root the server runs as somebody else, who must get in.
  await chmod(home, 0o755);
  template = join(home, "template");
  await (await startOwnServer({ dataDirectory: template, log: loudLog })).stop();
  folder = join(home, "data");
});
afterAll(() => rm(join(template, ".."), { recursive: true }));
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(dataDirectory = folder): Promise<OwnServer> {
  const server = await startOwnServer({ dataDirectory, log: silentLog });
  servers.push(server);
  return server;
}

async function copyTemplate(): Promise<void> {
  await run("cp", ["-a", template, folder]);
}

/** Another process that holds the folder. */
async function startHolder(): Promise<{ readonly holder: ChildProcess; readonly url: string }> {
  const holder = spawn(process.execPath, [PROGRAM, folder], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const url of createInterface(holder.stdout)) return { holder, url };
  throw new Error("the holder ended early");
}

async function kill(holder: ChildProcess): Promise<void> {
  const gone = once(holder, "exit");
  holder.kill("SIGKILL");
  await gone;
}

function readKept(url: string): Promise<readonly unknown[]> {
  return withOwnerSession(url, "reading", (session) => session.query("select at from public.kept"));
}

describe("our own PostgreSQL", () => {
  test("is durable, in UTC, reachable by its socket and with its password alone", async () => {
    await copyTemplate();
    const { url, migrationUrl } = await start();
    const database = await openDatabase({ url, purpose: "work", log: loudLog });
    const rows = await database.query(
      `select name, setting from pg_settings
        where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'TimeZone',
                       'data_checksums', 'unix_socket_permissions')
        order by lower(name)`,
    );
    expect(rows).toEqual([
      { name: "data_checksums", setting: "on" },
      { name: "fsync", setting: "on" },
      { name: "full_page_writes", setting: "on" },
      { name: "listen_addresses", setting: "" },
      { name: "synchronous_commit", setting: "on" },
      { name: "TimeZone", setting: "UTC" },
      { name: "unix_socket_permissions", setting: "0700" },
    ]);
    await database.close();
    for (const address of [url, migrationUrl]) {
      const wrong = openDatabase({
        url: address.replace(/:[^:@]+@/, ":wrong@"),
        purpose: "work",
        log: loudLog,
      });
      await expect(wrong).rejects.toMatchObject({ code: "database-refused", kind: "misconfigured" });
    }
  });

  test("lets the role that Holdpoint runs as change rows and no tables, and the audit not at all", async () => {
    await copyTemplate();
    const { url, migrationUrl, runtimeRole } = await start();
    await migrate({ url: migrationUrl, runtimeRole, at: new Date("2026-01-01T00:00:00Z") });
    const database = await openDatabase({ url, purpose: "work", log: loudLog });
    await database.query("insert into holdpoint.github_pause values (1, '2026-01-01Z', 1)");
    await database.query("delete from holdpoint.github_pause");
    for (const sql of [
      "create table holdpoint.mine (id integer)",
      "alter table holdpoint.delivery add column mine text",
      "drop table holdpoint.delivery",
      "update holdpoint.audit set at = at",
      "delete from holdpoint.audit",
      "truncate holdpoint.audit",
      "alter table holdpoint.audit disable trigger all",
    ]) {
      await expect(database.query(sql)).rejects.toMatchObject({ code: "database-permission" });
    }
    await database.close();
  });

  test("keeps its data from one start to the next", async () => {
    await copyTemplate();
    const first = await start();
    await withOwnerSession(first.migrationUrl, "writing", (session) =>
      session.script("create table public.kept (at text); insert into public.kept values ('before the end')"),
    );
    await first.stop();
    const second = await start();
    expect(await readKept(second.migrationUrl)).toEqual([{ at: "before the end" }]);
  });

  test("is made whole in a folder where making it was cut short", async () => {
    await mkdir(join(folder, "postgres.new"), { recursive: true });
    await writeFile(join(folder, "postgres.new", "half"), "finished");
    const { migrationUrl } = await start();
    const databases = withOwnerSession(migrationUrl, "asking", (session) =>
      session.query("select datname from pg_database where not datistemplate order by datname"),
    );
    expect(await databases).toEqual([{ datname: "holdpoint" }, { datname: "postgres" }]);
  });
});

describe("a data folder", () => {
  test("is refused to a second process, by name and next step", async () => {
    await copyTemplate();
    const { holder } = await startHolder();
    await expect(startOwnServer({ dataDirectory: folder, log: silentLog })).rejects.toMatchObject({
      kind: "misconfigured",
      code: "data-folder-in-use",
      detail: `The folder ${folder} is in use by another Holdpoint (process ${String(holder.pid)}): stop that one, or set HOLDPOINT_DATA_DIR to another folder.`,
    });
    await kill(holder);
    await start();
  });

  test("is taken over from a killed process, its server stopped, what was committed kept", async () => {
    await copyTemplate();
    const { holder, url } = await startHolder();
    const orphan = Number(
      (await readFile(join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n")[0],
    );
    await kill(holder);
    expect(await readKept(url)).toEqual([{ at: "before the end" }]);

    const server = await start();
    expect(await readKept(server.migrationUrl)).toEqual([{ at: "before the end" }]);
    expect(() => process.kill(orphan, 0)).toThrow("ESRCH");
  });

  test("is left to the one in another container that still serves from it, whose process cannot be seen", async () => {
    await copyTemplate();
    const { holder, url } = await startHolder();
    await writeFile(join(folder, "holdpoint.lock"), "4194303 1");
    await expect(startOwnServer({ dataDirectory: folder, log: silentLog })).rejects.toMatchObject({
      code: "data-folder-in-use",
      detail: `The folder ${folder} is in use by another Holdpoint: stop that one, or set HOLDPOINT_DATA_DIR to another folder.`,
    });
    expect(await readKept(url)).toHaveLength(1);
    await kill(holder);
    await start();
  });

  test("with a stale file of a process whose number is somebody else's by now is taken", async () => {
    await copyTemplate();
    await writeFile(join(folder, "holdpoint.lock"), `${String(process.ppid)} 1`);
    await start();
    expect(await readFile(join(folder, "holdpoint.lock"), "utf8")).toMatch(`${String(process.pid)} `);
  });

  test("written by another version is refused, with both versions and a way out", async () => {
    await copyTemplate();
    await writeFile(join(folder, "postgres", "PG_VERSION"), "12\n");
    await expect(startOwnServer({ dataDirectory: folder, log: silentLog })).rejects.toMatchObject({
      code: "data-folder-of-other-version",
      detail: `The data in ${join(folder, "postgres")} were written by PostgreSQL 12, and this Holdpoint brings PostgreSQL 18: move them with pg_dump and pg_restore, or set HOLDPOINT_DATA_DIR to another folder.`,
    });
  });

  test.runIf(isRoot)("that the user postgres cannot reach is refused, with the setting's name", async () => {
    const closed = join(folder, "home");
    await mkdir(closed, { recursive: true });
    await chmod(closed, 0o700);
    await expect(
      startOwnServer({ dataDirectory: join(closed, "data"), log: silentLog }),
    ).rejects.toMatchObject({
      code: "data-folder-unreachable",
      detail: `The folder ${join(closed, "data")} cannot be reached by the user “postgres”, as which PostgreSQL runs: set HOLDPOINT_DATA_DIR to a folder that it can reach, such as /var/lib/holdpoint.`,
    });
  });

  test("with a path too long for a socket works all the same", async () => {
    const long = join(folder, "x".repeat(100));
    await mkdir(folder);
    await run("cp", ["-a", template, long]);
    const { migrationUrl } = await start(long);
    const asked = withOwnerSession(migrationUrl, "asking", (session) => session.query("select 1 as one"));
    expect(await asked).toEqual([{ one: 1 }]);
  });
});

test("a server that dies unasked is started again", async () => {
  await copyTemplate();
  const { url } = await start();
  const database = await openDatabase({ url, purpose: "work", log: silentLog });
  const pid = Number((await readFile(join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);
  process.kill(pid, "SIGKILL");
  await expect
    .poll(() => database.query("select 1 as one").catch(() => []), { timeout: 10_000, interval: 50 })
    .toEqual([{ one: 1 }]);
  await database.close();
});
