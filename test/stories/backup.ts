import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import type { TestDatabase } from "../database/harness.ts";

/** A cold copy of every row, as of the moment it was taken; the sequences are not turned back. */
export interface Backup {
  readonly restore: () => Promise<void>;
}

/** What is computed from the rest of a row is computed again. */
const TABLES = `select format('%I.%I', n.nspname, c.relname) as name, c.relname || '_' || c.oid as copy,
                       (select string_agg(quote_ident(attname), ', ') from pg_attribute
                         where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns
                  from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname in ('holdpoint', 'pgboss') and c.relkind = 'r' and not c.relispartition
                   and c.relname not in ('migration', 'version')`;

/** To be taken, and restored, while no Holdpoint runs. */
export async function takeBackup(db: TestDatabase): Promise<Backup> {
  await withOwnerSession(db.ownerUrl, "taking a backup", (session) =>
    session.script(`create schema backup;
      do $$ declare one record; begin
        for one in ${TABLES} loop
          execute format('create table backup.%I as select * from %s', one.copy, one.name);
        end loop;
      end $$`),
  );
  return {
    restore: () =>
      withOwnerSession(db.ownerUrl, "restoring a backup", (session) =>
        session.script(`set session_replication_role = replica;
          do $$ declare one record; begin
            for one in ${TABLES} loop
              execute format('delete from %s', one.name);
              execute format('insert into %s (%s) overriding system value select %s from backup.%I',
                             one.name, one.columns, one.columns, one.copy);
            end loop;
          end $$`),
      ),
  };
}
