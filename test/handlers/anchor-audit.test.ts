import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAnchorFile } from "../../src/adapters/anchors/anchor-file.ts";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { isInstallationId } from "../../src/domain/brands.ts";
import type { InstallationId } from "../../src/domain/model.ts";
import { anchorAudit } from "../../src/handlers/anchor-audit.ts";
import type { Log, LogFields } from "../../src/log.ts";
import type { KeepsAnchors } from "../../src/ports/anchors.ts";
import { type AuditRecord, appendAudit, listAuditHeads, verifyAudit } from "../../src/store/audit.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";

const AT = new Date("2026-03-04T05:06:07Z");

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

let folder: string;
let anchors: KeepsAnchors;
let logged: { readonly level: string; readonly message: string; readonly fields: LogFields }[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "holdpoint-anchors-"));
  anchors = createAnchorFile(folder);
  logged = [];
  await asOwner("delete from holdpoint.audit");
});
afterEach(() => rm(folder, { recursive: true }));

function noting(level: string): Log["info"] {
  return (message, fields = {}) => void logged.push({ level, message, fields });
}
const log: Log = {
  debug: noting("debug"),
  info: noting("info"),
  warn: noting("warn"),
  error: noting("error"),
};

function anchor(): Promise<void> {
  return anchorAudit({ database: db.database, anchors, clock: { now: () => AT }, log });
}

const [SEVEN, EIGHT] = [installation(7), installation(8)];
function installation(id: number): InstallationId {
  if (!isInstallationId(id)) throw new RangeError("an installation has a number");
  return id;
}

async function append(installationId: InstallationId, ...records: readonly AuditRecord[]): Promise<void> {
  for (const record of records) {
    await db.database.transaction((transaction) =>
      appendAudit(transaction, { installationId, at: AT, record }),
    );
  }
}

/** What the owner of the database can do, the trigger notwithstanding. */
async function asOwner(sql: string): Promise<void> {
  await withOwnerSession(db.ownerUrl, "tampering", async (session) => {
    await session.query("set session_replication_role = replica");
    await session.query(sql);
  });
}

async function keptOf(id: InstallationId) {
  return (await anchors.read()).heads.filter((head) => head.installation === id);
}

describe("anchoring", () => {
  test("keeps the ends of all chains that moved, in the file and in the log, and nothing twice", async () => {
    await append(SEVEN, { n: 1 }, { n: 2 });
    await append(EIGHT, { n: 1 });
    const heads = await listAuditHeads(db.database);
    expect(heads.map(({ installation: id, sequence }) => [id, sequence])).toEqual([
      [7, 2],
      [8, 1],
    ]);
    await anchor();
    await anchor();
    expect(await anchors.read()).toMatchObject({ lines: 1, heads });
    const told = JSON.stringify(heads.map(({ installation: id, sequence, hash }) => [id, sequence, hash]));
    expect(logged).toEqual([
      {
        level: "info",
        message: "the audit was anchored",
        fields: { line: 1, hash: logged[0]?.fields["hash"], heads: told },
      },
    ]);
    await append(EIGHT, { n: 2 });
    await anchor();
    expect((await anchors.read()).heads.slice(2).map(({ installation: id }) => id)).toEqual([8]);
  });

  test("REL-78: a tail that was cut off is found by the anchor, and said in the chain once", async () => {
    await append(SEVEN, { n: 1 }, { n: 2 }, { n: 3 });
    await anchor();
    await asOwner("delete from holdpoint.audit where installation_id = 7 and sequence > 1");
    expect(await verifyAudit(db.database, SEVEN)).toMatchObject({ state: "intact" });
    const cut = { state: "broken", sequence: 2, because: "cut-off" };
    expect(await verifyAudit(db.database, SEVEN, await keptOf(SEVEN))).toEqual(cut);
    await anchor();
    await anchor();
    const rows = await db.database.query<{ record: AuditRecord }>(
      "select record from holdpoint.audit where installation_id = 7 order by sequence",
    );
    expect(rows.map(({ record }) => record["what"] ?? record["n"])).toEqual([1, "history-lost"]);
    expect(logged.filter(({ level }) => level === "error").map(({ message }) => message)).toEqual([
      "the audit is not what it was: records are missing, or others than there were",
    ]);
  });

  test("REL-78: a chain computed anew by the owner is found although it verifies by itself", async () => {
    await append(SEVEN, { n: 1 }, { n: 2 }, { n: 3 });
    await anchor();
    await asOwner("delete from holdpoint.audit where installation_id = 7");
    await append(SEVEN, { n: 1 }, { n: "another" }, { n: 3 }, { n: 4 });
    expect(await verifyAudit(db.database, SEVEN)).toMatchObject({ state: "intact", head: { sequence: 4 } });
    const altered = { state: "broken", sequence: 3, because: "altered" };
    expect(await verifyAudit(db.database, SEVEN, await keptOf(SEVEN))).toEqual(altered);
  });

  test("REL-78: an early anchor is not covered by a later one", async () => {
    await append(SEVEN, { n: 1 });
    await anchor();
    await asOwner("delete from holdpoint.audit where installation_id = 7");
    await append(SEVEN, { n: "another" }, { n: 2 });
    await anchor();
    await append(SEVEN, { n: 3 });
    await anchor();
    const verdict = await verifyAudit(db.database, SEVEN, await keptOf(SEVEN));
    expect(verdict).toEqual({ state: "broken", sequence: 1, because: "altered" });
  });

  test("a file that was changed is an alarm every time", async () => {
    await append(SEVEN, { n: 1 });
    await anchor();
    await writeFile(anchors.path, "{}\n");
    await anchor();
    expect(logged.at(1)).toEqual({
      level: "error",
      message: "the file with the audit's anchors was changed",
      fields: { file: anchors.path, line: 1 },
    });
  });

  test("a folder that cannot be written leaves the heads in the log", async () => {
    await writeFile(join(folder, "no-folder"), "");
    const away: KeepsAnchors = {
      ...anchors,
      append: () => Promise.reject(new Error("EROFS")),
    };
    await append(SEVEN, { n: 1 });
    await anchorAudit({ database: db.database, anchors: away, clock: { now: () => AT }, log });
    expect(logged.map(({ level, message }) => [level, message])).toEqual([
      ["error", "the audit's anchors cannot be written; they are told here alone"],
    ]);
    expect(logged[0]?.fields["heads"]).toMatch(/^\[\[7,1,"[0-9a-f]{64}"\]\]$/);
  });
});
