import { readFile, readdir } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { migrate, checkMigrations } from "../../src/database/migrate.ts";
import { type MigrationFile, readMigrationFiles } from "../../src/database/migration-file.ts";
import { openDatabase } from "../../src/database/open-database.ts";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { installQueue } from "../../src/queue/install-queue.ts";
import { type EmptyDatabase, createEmptyDatabase } from "./empty-database.ts";
import { loudLog } from "./loud-log.ts";

const AT = new Date("2026-02-03T04:05:06Z");
const SAMPLES = new URL("samples/", import.meta.url);

const WAITING = `select 1 from pg_locks
                  where not granted and database = (select oid from pg_database where datname = current_database())`;
/** What was applied somewhere stays as it is. */
const RELEASED = 5;

let empty: EmptyDatabase;
function eachHasADatabase(): void {
  beforeEach(async () => {
    empty = await createEmptyDatabase();
  });
  afterEach(() => empty.drop());
}

function run(files?: readonly MigrationFile[]): Promise<readonly string[]> {
  return migrate({
    url: empty.ownerUrl,
    runtimeRole: empty.runtimeRole,
    at: AT,
    ...(files === undefined ? {} : { files }),
  });
}

function ask(sql: string): Promise<readonly unknown[]> {
  return withOwnerSession(empty.ownerUrl, "asking", (session) => session.query(sql));
}

/** One more migration than there are. */
function another(files: readonly MigrationFile[], given: Partial<MigrationFile>): readonly MigrationFile[] {
  const number = files.length + 1;
  const next = {
    number,
    name: `${String(number).padStart(4, "0")}-next`,
    sql: "select 1",
    checksum: "c",
    breaking: false,
  };
  return [...files, { ...next, ...given }];
}

describe("migrating", () => {
  eachHasADatabase();

  test("applies what is missing, in order, once, at the time given", async () => {
    const names = (await readMigrationFiles()).map(({ name }) => name);
    expect(await run()).toEqual(names);
    expect(await run()).toEqual([]);
    expect(await ask("select name, applied_at from holdpoint.migration order by number")).toEqual(
      names.map((name) => ({ name, applied_at: AT })),
    );
  });

  test("REL-28: of five at once one works, the others wait and find nothing to do", async () => {
    const done = await Promise.all([1, 2, 3, 4, 5].map(() => run()));
    const names = (await readMigrationFiles()).map(({ name }) => name);
    expect(done.filter((applied) => applied.length > 0)).toEqual([names]);
  });

  test("that fails leaves nothing of the one that failed, and what came before it stays", async () => {
    const files = await readMigrationFiles();
    const broken = another(files, { sql: "create table holdpoint.half (id integer); select 1/0" });
    await expect(run(broken)).rejects.toMatchObject({ code: "database-error" });
    expect(await ask("select to_regclass('holdpoint.half') as half")).toEqual([{ half: null }]);
    expect(await run()).toEqual([]);
  });

  test("REL-28: beside an older version that takes the tables in another order it tries again", async () => {
    const files = await readMigrationFiles();
    await run();
    const next = another(files, {
      sql: `lock table holdpoint.effect in share row exclusive mode;
            lock table holdpoint.halt in access exclusive mode`,
    });
    await withOwnerSession(empty.ownerUrl, "working", async (older) => {
      await older.query("begin");
      await older.query("lock table holdpoint.halt in row exclusive mode");
      const migrated = run(next);
      while ((await ask(WAITING)).length === 0);
      // PostgreSQL ends one of the two; the other goes on.
      await older.query("lock table holdpoint.effect in row exclusive mode").catch(() => undefined);
      await older.query("commit");
      expect(await migrated).toEqual(next.slice(-1).map(({ name }) => name));
    });
  });

  test("REL-28: a schema that a newer version added to is worked with", async () => {
    const files = await readMigrationFiles();
    await run(another(files, {}));
    expect(await run()).toEqual([]);
    const database = await openDatabase({ url: empty.url, purpose: "work", log: loudLog });
    await checkMigrations(database);
    await database.close();
  });

  test("REL-28: a schema that a newer version changed is refused, with its name and the next step", async () => {
    const files = await readMigrationFiles();
    const newer = another(files, { breaking: true });
    await run(newer);
    await expect(run()).rejects.toMatchObject({
      kind: "misconfigured",
      code: "database-schema-newer",
      detail: `The database was migrated by a newer Holdpoint (${newer.at(-1)?.name ?? ""}), which says that this one can no longer work with it: start the newer version.`,
    });
  });

  test("a migration that was applied in another form is refused", async () => {
    await run();
    await ask("update holdpoint.migration set checksum = 'another' where number = 1");
    await expect(run()).rejects.toMatchObject({
      code: "database-schema-differs",
      detail:
        "The migration 0001-foundation was applied in another form than the one this Holdpoint brings: install an unchanged version of Holdpoint, or restore the database that belongs to it.",
    });
  });

  test("what is missing is named to a role that may not migrate", async () => {
    const database = await openDatabase({ url: empty.url, purpose: "work", log: loudLog });
    await expect(checkMigrations(database)).rejects.toMatchObject({ code: "database-schema-older" });
    await run();
    await checkMigrations(database);
    await database.close();
  });

  test("the queue's tables are made once by several at once, and again to no effect", async () => {
    await run();
    const options = { url: empty.ownerUrl, runtimeRole: empty.runtimeRole, log: loudLog };
    await Promise.all([1, 2, 3, 4].map(() => installQueue(options)));
    await installQueue(options);
    expect(await ask("select name, policy, heartbeat_seconds from pgboss.queue order by name")).toEqual([
      { name: "delivery", policy: "standard", heartbeat_seconds: 20 },
      { name: "effect", policy: "exclusive", heartbeat_seconds: 20 },
      { name: "later", policy: "standard", heartbeat_seconds: 20 },
      { name: "look", policy: "exclusive", heartbeat_seconds: 20 },
    ]);
  });
});

describe("the migrations", () => {
  eachHasADatabase();

  test("apply one after the other on top of the rows that each of them ships", async () => {
    const files = await readMigrationFiles();
    for (const [index, file] of files.entries()) {
      expect(await run(files.slice(0, index + 1))).toEqual([file.name]);
      const sample = await readFile(new URL(`${file.name}.sql`, SAMPLES), "utf8");
      await withOwnerSession(empty.ownerUrl, "filling in samples", (session) => session.script(sample));
    }
  });

  test("ship rows for every table", async () => {
    const names = (await readMigrationFiles()).map(({ name }) => `${name}.sql`);
    expect((await readdir(SAMPLES)).sort()).toEqual(names);
    await run();
    for (const name of names) {
      const sample = await readFile(new URL(name, SAMPLES), "utf8");
      await withOwnerSession(empty.ownerUrl, "filling in samples", (session) => session.script(sample));
    }
    const tables = await withOwnerSession(empty.ownerUrl, "asking", (session) =>
      session.query<{ readonly name: string }>(
        "select table_name as name from information_schema.tables where table_schema = 'holdpoint'",
      ),
    );
    for (const { name } of tables) {
      const [count] = await ask(`select '${name}' as name, count(*) > 0 as filled from holdpoint.${name}`);
      expect(count).toEqual({ name, filled: true });
    }
  });
});

describe("columns that are added", () => {
  test.each([
    ["alter table holdpoint.effect add column more text not null;", ["more"]],
    ["alter table holdpoint.effect add more text NOT NULL, add less integer not null default 0;", ["more"]],
    ["alter table holdpoint.effect add column more text default '' not null;", []],
    ["create table holdpoint.more (id text not null);", []],
  ])("and that rows in use could not have are found: %s", (sql, columns) => {
    expect(addedWithoutDefault(sql)).toEqual(columns);
  });

  test("by the migrations can all be had by rows in use", async () => {
    for (const { sql } of await readMigrationFiles()) expect(addedWithoutDefault(sql)).toEqual([]);
  });
});

test("an index of a table that has rows is built by a migration that shuts no other table meanwhile", async () => {
  const files = await readMigrationFiles();
  expect(
    files.filter(({ number, sql }) => number > RELEASED && buildsWhileShut(sql)).map(({ name }) => name),
  ).toEqual([]);
});

/** Whether it builds an index of a table that it did not create itself, and alters tables: those are shut until it ends. */
function buildsWhileShut(sql: string): boolean {
  const plain = sql.replaceAll(/--[^\n]*/g, "").toLowerCase();
  const created = new Set([...plain.matchAll(/\bcreate table ([\w.]+)/g)].map(([, table]) => table));
  const indexed = [...plain.matchAll(/\bcreate (?:unique )?index \w+ on ([\w.]+)/g)].map(
    ([, table]) => table,
  );
  return /\balter table\b|\bcreate trigger\b/.test(plain) && indexed.some((table) => !created.has(table));
}

/** Names of columns that are added NOT NULL without DEFAULT, which fails on a table that has rows. */
function addedWithoutDefault(sql: string): readonly string[] {
  const plain = sql.replaceAll(/--[^\n]*/g, "").toLowerCase();
  return plain.split(";").flatMap((statement) => {
    if (!/\balter\s+table\b/.test(statement)) return [];
    return statement.split(/,(?![^(]*\))/).flatMap((part) => {
      const name = /\badd\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?(?!constraint\b)(\w+)/.exec(part)?.[1];
      return name !== undefined && /\bnot\s+null\b/.test(part) && !/\bdefault\b/.test(part) ? [name] : [];
    });
  });
}
