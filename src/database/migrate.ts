import { Fault } from "../errors.ts";
import * as wording from "../domain/wording/database.ts";
import type { Queryable } from "./database.ts";
import { sqlStateOf } from "./database-fault.ts";
import { grantRuntime } from "./grant-runtime.ts";
import { type MigrationFile, readMigrationFiles } from "./migration-file.ts";
import { type OwnerSession, withOwnerSession } from "./with-owner-session.ts";

export interface MigrateOptions {
  /** Of the role that may change tables. */
  readonly url: string;
  /** The role that Holdpoint runs as, where it is another one: it is granted what it needs. */
  readonly runtimeRole: string | null;
  /** When, for the record. */
  readonly at: Date;
  /** Another set of migrations, for tests. */
  readonly files?: readonly MigrationFile[];
}

interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
  readonly breaking: boolean;
}

/** Any number will do that nobody else takes; all replicas must take the same. */
const LOCK = 4_815_162_342;
/** An older version at work beside it takes the same tables in an order of its own: of two that wait for each other one is ended. */
const TRIES = 10;
const DEADLOCK = "40P01";

/**
 * Brings the schema `holdpoint` up to date and answers the names of what was applied. Of several at once
 * one works and the others wait for it. Each migration is one transaction; a newer schema is left alone
 * unless it holds a breaking migration that this code does not know, which is refused
 * (`database-schema-newer`, misconfigured).
 */
export async function migrate(options: MigrateOptions): Promise<readonly string[]> {
  const files = options.files ?? (await readMigrationFiles());
  return withOwnerSession(options.url, "migrating the database", async (session) => {
    await session.query("select pg_advisory_lock($1)", [LOCK]);
    await prepareRecord(session);
    const applied = await listApplied(session);
    refuseMismatch(files, applied);
    const missing = files.slice(applied.filter(({ number }) => number <= files.length).length);
    for (const file of missing) await apply(session, file, options.at);
    if (options.runtimeRole !== null) {
      await grantRuntime(session, { schema: "holdpoint", role: options.runtimeRole, appendOnly: ["audit"] });
    }
    return missing.map(({ name }) => name);
  });
}

/**
 * Whether this code can work with the database as it is, for a role that may not migrate. Throws the
 * same refusals as `migrate`, and `database-schema-older` where something is missing.
 */
export async function checkMigrations(database: Queryable): Promise<void> {
  const files = await readMigrationFiles();
  const there = await database.query<{ readonly there: boolean }>(
    "select to_regclass('holdpoint.migration') is not null as there",
  );
  const applied = there[0]?.there === true ? await listApplied(database) : [];
  refuseMismatch(files, applied);
  const missing = files.filter((file) => applied.every(({ number }) => number !== file.number));
  if (missing.length > 0) {
    throw refusal("database-schema-older", wording.migrationMissing(missing.map(({ name }) => name)));
  }
}

async function prepareRecord(session: OwnerSession): Promise<void> {
  const rows = await session.query("select 1 from pg_namespace where nspname = 'holdpoint'");
  // Even with `if not exists` this asks for the right to create schemas.
  if (rows.length === 0) await session.query("create schema holdpoint");
  await session.query(
    `create table if not exists holdpoint.migration (
       number      integer primary key,
       name        text not null,
       checksum    text not null,
       breaking    boolean not null,
       applied_at  timestamptz not null
     )`,
  );
}

function listApplied(database: Queryable): Promise<readonly AppliedMigration[]> {
  return database.query<AppliedMigration>(
    "select number, name, checksum, breaking from holdpoint.migration order by number",
  );
}

async function apply(session: OwnerSession, file: MigrationFile, at: Date): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await applyOnce(session, file, at);
    } catch (error) {
      if (sqlStateOf(error) !== DEADLOCK || tries >= TRIES) throw error;
      await session.query("rollback");
    }
  }
}

async function applyOnce(session: OwnerSession, file: MigrationFile, at: Date): Promise<void> {
  await session.query("begin");
  await session.script(file.sql);
  await session.query(
    "insert into holdpoint.migration (number, name, checksum, breaking, applied_at) values ($1, $2, $3, $4, $5)",
    [file.number, file.name, file.checksum, file.breaking, at],
  );
  await session.query("commit");
}

function refuseMismatch(files: readonly MigrationFile[], applied: readonly AppliedMigration[]): void {
  const unknown = applied.filter(({ number, breaking }) => breaking && number > files.length);
  if (unknown.length > 0) {
    throw refusal("database-schema-newer", wording.schemaNewer(unknown.map(({ name }) => name)));
  }
  const changed = applied.find(({ number, checksum }) => {
    const file = files[number - 1];
    return file !== undefined && file.checksum !== checksum;
  });
  if (changed !== undefined) {
    throw refusal("database-schema-differs", wording.migrationChanged(changed.name));
  }
}

function refusal(code: string, detail: string): Fault {
  return new Fault({ kind: "misconfigured", code, doing: "migrating the database", detail });
}
