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
 * Walks the installation's chain from its start. With `anchors`, heads that were kept outside the database, a tail that was cut
 * off or a chain that was computed anew is found as well.
 */
export async function verifyAudit(
  database: Queryable,
  installationId: InstallationId,
  anchors: readonly AuditHead[] = [],
): Promise<AuditVerdict> {
  let sequence = 0;
  let previous: Buffer = START;
  const anchored = new Map(anchors.map((anchor) => [anchor.sequence, anchor.hash]));
  for (;;) {
    const rows = await readPage(database, installationId, sequence);
    for (const row of rows) {
      const found = Number(row.sequence);
      if (found !== sequence + 1) return { state: "broken", sequence: sequence + 1, because: "missing" };
      if (!row.previous_hash.equals(previous))
        return { state: "broken", sequence: found, because: "not-linked" };
      const hash = hashEntry(previous, found, { installationId, at: row.at, record: row.record });
      const kept = anchored.get(found);
      if (!row.hash.equals(hash) || (kept !== undefined && kept !== hash.toString("hex"))) {
        return { state: "broken", sequence: found, because: "altered" };
      }
      [sequence, previous] = [found, hash];
    }
    if (rows.length < PAGE) break;
  }
  if (anchors.some((anchor) => anchor.sequence > sequence)) {
    return { state: "broken", sequence: sequence + 1, because: "cut-off" };
  }
  return { state: "intact", head: sequence === 0 ? null : { sequence, hash: previous.toString("hex") } };
}

/** The end of every installation's chain; one look into the index for each, however long the chains are. */
export async function listAuditHeads(
  database: Queryable,
): Promise<readonly (AuditHead & { readonly installation: number })[]> {
  const rows = await database.query<{ installation: string; sequence: string; hash: Buffer }>(
    `with recursive head as (
       (select installation_id, sequence, hash from holdpoint.audit
         order by installation_id desc, sequence desc limit 1)
       union all
       select next.* from head, lateral (
         select installation_id, sequence, hash from holdpoint.audit
          where installation_id < head.installation_id
          order by installation_id desc, sequence desc limit 1) as next
     )
     select installation_id as installation, sequence, hash from head order by installation_id`,
  );
  return rows.map(({ installation, sequence, hash }) => ({
    installation: Number(installation),
    sequence: Number(sequence),
    hash: hash.toString("hex"),
  }));
}

/** The hash of one record; null: there is no such record. */
export async function findAuditHash(
  database: Queryable,
  installationId: InstallationId,
  sequence: number,
): Promise<string | null> {
  const rows = await database.query<{ hash: Buffer }>(
    `select hash from holdpoint.audit where installation_id = $1 and sequence = $2`,
    [installationId, sequence],
  );
  return rows[0]?.hash.toString("hex") ?? null;
}

/** Whether a record says already that the chain is not the one that ended with this hash. */
export async function isLossNoted(
  database: Queryable,
  installationId: InstallationId,
  hash: string,
): Promise<boolean> {
  const rows = await database.query(
    `select sequence from holdpoint.audit
      where installation_id = $1 and record->>'what' = 'history-lost' and record->'kept'->>'hash' = $2
      limit 1`,
    [installationId, hash],
  );
  return rows.length > 0;
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
