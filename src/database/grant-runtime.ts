import { escapeIdentifier } from "pg";
import type { Queryable } from "./database.ts";

/**
 * Lets the role that Holdpoint runs as read and write the rows of a schema and nothing more, where another role
 * migrates. `appendOnly` tables may be read and appended to.
 */
export async function grantRuntime(
  owner: Queryable,
  grant: { readonly schema: string; readonly role: string; readonly appendOnly?: readonly string[] },
): Promise<void> {
  const schema = escapeIdentifier(grant.schema);
  const role = escapeIdentifier(grant.role);
  await owner.query(`grant usage on schema ${schema} to ${role}`);
  await owner.query(`grant select, insert, update, delete on all tables in schema ${schema} to ${role}`);
  await owner.query(`grant usage, select on all sequences in schema ${schema} to ${role}`);
  await owner.query(`grant execute on all functions in schema ${schema} to ${role}`);
  for (const table of grant.appendOnly ?? []) {
    await owner.query(`revoke update, delete, truncate on ${schema}.${escapeIdentifier(table)} from ${role}`);
  }
}
