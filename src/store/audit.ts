import { createHash } from "node:crypto";
import type { Queryable, Transaction } from "../database/database.ts";
import type { InstallationId } from "../domain/model.ts";

/** Values that JSON can hold; what an audit record is made of. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** Who, what, why, which delivery, when due, when done: as data. */
export type AuditRecord = { readonly [name: string]: JsonValue };

export interface AuditEntry {
  readonly installationId: InstallationId;
  /** When it was written, by the one clock; when it happened belongs into the record. */
  readonly at: Date;
  readonly record: AuditRecord;
}

/** The end of an installation's chain: what an anchor outside the database keeps. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

export type AuditVerdict =
  | { readonly state: "intact"; readonly head: AuditHead | null }
  /** The first record that does not fit; everything before it does. */
  | {
      readonly state: "broken";
      readonly sequence: number;
      readonly because: "missing" | "altered" | "not-linked" | "cut-off";
    };

const START = Buffer.alloc(32);
/** Any constant, the same in all replicas: the other half of the lock's key is the installation. */
const LOCK_CLASS = 1_213_219_652;
const PAGE = 1_000;

/**
 * Appends to the installation's chain, inside the transaction of the change that it tells of: no audit record, no
 * change. Writers of one installation wait for each other from here to the end of their transaction, so append last.
 */
export async function appendAudit(transaction: Transaction, entry: AuditEntry): Promise<AuditHead> {
  // Two halves of 32 bits; installations that share a half only wait for each other.
  await transaction.query("select pg_advisory_xact_lock($1, hashint8($2))", [
    LOCK_CLASS,
    entry.installationId,
  ]);
  const rows = await transaction.query<{ readonly sequence: string; readonly hash: Buffer }>(
    `select sequence, hash from holdpoint.audit
      where installation_id = $1 order by sequence desc limit 1`,
    [entry.installationId],
  );
  const sequence = Number(rows[0]?.sequence ?? 0) + 1;
  const previous = rows[0]?.hash ?? START;
  const hash = hashEntry(previous, sequence, entry);
  await transaction.query(
    `insert into holdpoint.audit (installation_id, sequence, at, record, previous_hash, hash)
     values ($1, $2, $3, $4, $5, $6)`,
    [entry.installationId, sequence, entry.at, canonicalJson(entry.record), previous, hash],
  );
  return { sequence, hash: hash.toString("hex") };
}

/**
 * Walks the installation's chain from its start. With `anchor`, a head that was kept outside the database, a tail that was cut
 * off or a chain that was computed anew is found as well.
 */
export async function verifyAudit(
  database: Queryable,
  installationId: InstallationId,
  anchor: AuditHead | null = null,
): Promise<AuditVerdict> {
  let sequence = 0;
  let previous: Buffer = START;
  for (;;) {
    const rows = await readPage(database, installationId, sequence);
    for (const row of rows) {
      const found = Number(row.sequence);
      if (found !== sequence + 1) return { state: "broken", sequence: sequence + 1, because: "missing" };
      if (!row.previous_hash.equals(previous))
        return { state: "broken", sequence: found, because: "not-linked" };
      const hash = hashEntry(previous, found, { installationId, at: row.at, record: row.record });
      if (!row.hash.equals(hash) || (anchor?.sequence === found && anchor.hash !== hash.toString("hex"))) {
        return { state: "broken", sequence: found, because: "altered" };
      }
      [sequence, previous] = [found, hash];
    }
    if (rows.length < PAGE) break;
  }
  if (anchor !== null && anchor.sequence > sequence) {
    return { state: "broken", sequence: sequence + 1, because: "cut-off" };
  }
  return { state: "intact", head: sequence === 0 ? null : { sequence, hash: previous.toString("hex") } };
}

interface AuditRow {
  readonly sequence: string;
  readonly at: Date;
  readonly record: AuditRecord;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
}

function readPage(
  database: Queryable,
  installation: InstallationId,
  after: number,
): Promise<readonly AuditRow[]> {
  return database.query<AuditRow>(
    `select sequence, at, record, previous_hash, hash from holdpoint.audit
      where installation_id = $1 and sequence > $2 order by sequence limit ${String(PAGE)}`,
    [installation, after],
  );
}

/** Each part is told from the next: fixed lengths first, the record last. */
function hashEntry(previous: Buffer, sequence: number, { installationId, at, record }: AuditEntry): Buffer {
  return createHash("sha256")
    .update(previous)
    .update(`${String(installationId)} ${String(sequence)} ${at.toISOString()} `)
    .update(canonicalJson(record))
    .digest();
}

/**
 * The same text for the same value, whatever order its names came in: jsonb keeps neither order nor form. Names in
 * the order of their UTF-16 units, numbers as JavaScript writes them (RFC 8785).
 */
export function canonicalJson(value: JsonValue): string {
  // PostgreSQL's jsonb takes neither half a surrogate pair nor a NUL, and hostile texts hold both.
  if (typeof value === "string") return JSON.stringify(value.toWellFormed().replaceAll("\0", "\uFFFD"));
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
