import { escapeIdentifier } from "pg";
import type { Queryable } from "./database.ts";

/** Any number that nobody else takes, the same in all replicas. */
const LOCK = 4_815_162_343;

/**
 * Lets the role that Holdpoint runs as read and write the rows of a schema and nothing more, where another role
 * migrates. `appendOnly` tables may be read and appended to. Of several at once, each in a session of its own, one
 * works and the others wait until its session ends: PostgreSQL refuses rights that two change at the same moment
 * ("tuple concurrently updated"), and two replicas that start together would do just that.
 */
export async function grantRuntime(
  owner: Queryable,
  grant: { readonly schema: string; readonly role: string; readonly appendOnly?: readonly string[] },
): Promise<void> {
  const schema = escapeIdentifier(grant.schema);
  const role = escapeIdentifier(grant.role);
  await owner.query("select pg_advisory_lock($1)", [LOCK]);
  await owner.query(`grant usage on schema ${schema} to ${role}`);
  await owner.query(`grant select, insert, update, delete on all tables in schema ${schema} to ${role}`);
  await owner.query(`grant usage, select on all sequences in schema ${schema} to ${role}`);
  await owner.query(`grant execute on all functions in schema ${schema} to ${role}`);
  for (const table of grant.appendOnly ?? []) {
    await owner.query(`revoke update, delete, truncate on ${schema}.${escapeIdentifier(table)} from ${role}`);
  }
}
