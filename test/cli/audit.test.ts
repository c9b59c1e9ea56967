import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAnchorFile } from "../../src/adapters/anchors/anchor-file.ts";
import { auditVerify } from "../../src/cli/audit.ts";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { isInstallationId } from "../../src/domain/brands.ts";
import type { InstallationId } from "../../src/domain/model.ts";
import { type AuditRecord, appendAudit, listAuditHeads } from "../../src/store/audit.ts";
import { upsertInstallation } from "../../src/store/installation.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";
import { runCommand } from "./run-command.ts";

const AT = new Date("2026-03-04T05:06:07Z");

let db: TestDatabase;
let folder: string;
let settings: Readonly<Record<string, string>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "holdpoint-audit-"));
  settings = { DATABASE_URL: db.url, MIGRATION_DATABASE_URL: db.ownerUrl, HOLDPOINT_DATA_DIR: folder };
  await asOwner("delete from holdpoint.audit");
});
afterEach(() => rm(folder, { recursive: true }));

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

async function asOwner(sql: string): Promise<void> {
  await withOwnerSession(db.ownerUrl, "tampering", async (session) => {
    await session.query("set session_replication_role = replica");
    await session.script(sql);
  });
}

async function anchor(): Promise<void> {
  await createAnchorFile(folder).append(await listAuditHeads(db.database), AT);
}

function run(...given: readonly string[]) {
  return runCommand(auditVerify, given, settings);
}

describe("holdpoint audit verify", () => {
  test("says that nothing is on record yet", async () => {
    expect(await run()).toEqual({
      code: 0,
      out: `Nothing is on record yet.\n${folder}/audit-anchors.jsonl: there are no anchors here. Without them nobody can see whether the newest records were cut off.\n`,
      err: "",
    });
  });

  test("says how much is whole, of whom, and how far the anchors vouch for it", async () => {
    await upsertInstallation(
      db.database,
      { id: SEVEN, account: { id: 3, login: "acme" }, state: "active" },
      AT,
    );
    await append(SEVEN, { n: 1 }, { n: 2 });
    await anchor();
    await append(SEVEN, { n: 3 });
    await append(EIGHT, { n: 1 });
    expect(await run()).toEqual({
      code: 0,
      out: [
        "installation 7 (acme): 3 records, whole; anchored up to 2.",
        "installation 8: 1 record, whole; not anchored yet.",
        `${folder}/audit-anchors.jsonl: 1 anchor, the newest of 2026-03-04T05:06:07.000Z.`,
        "",
      ].join("\n"),
      err: "",
    });
  });

  const TAMPERINGS: readonly [claim: string, sql: string, line: string][] = [
    [
      "a changed record",
      `update holdpoint.audit set record = '{"n": 9}' where sequence = 2`,
      "record 2 was altered.",
    ],
    [
      "a changed time",
      "update holdpoint.audit set at = at + interval '1 ms' where sequence = 2",
      "record 2 was altered.",
    ],
    ["a removed record", "delete from holdpoint.audit where sequence = 2", "record 2 is missing."],
    [
      "an inserted record",
      `update holdpoint.audit set sequence = sequence + 100 where sequence >= 2;
       insert into holdpoint.audit
         select installation_id, 2, at, '{"n": "new"}', previous_hash, hash from holdpoint.audit where sequence = 102;
       update holdpoint.audit set sequence = sequence - 99 where sequence > 100`,
      "record 2 was altered.",
    ],
    [
      "records in another order",
      `update holdpoint.audit set sequence = 105 - sequence where sequence in (2, 3);
       update holdpoint.audit set sequence = sequence - 100 where sequence > 100`,
      "record 2 does not follow from the one before it.",
    ],
    [
      "a tail that was cut off",
      "delete from holdpoint.audit where sequence = 3",
      "record 3 is missing with all after it: the anchors know of more.",
    ],
    [
      "a whole chain that was removed",
      "delete from holdpoint.audit",
      "record 1 is missing with all after it: the anchors know of more.",
    ],
  ];
  test.each(TAMPERINGS)("REL-78: %s is named, and it exits 1", async (_, sql, line) => {
    await append(SEVEN, { n: 1 }, { n: 2 }, { n: 3 });
    await anchor();
    await asOwner(sql);
    const { code, out } = await run();
    expect([code, out.split("\n")[0]]).toEqual([1, `installation 7 (acme): ${line}`]);
  });

  test("REL-78: a chain that its owner computed anew is named", async () => {
    await append(SEVEN, { n: 1 }, { n: 2 });
    await anchor();
    await asOwner("delete from holdpoint.audit");
    await append(SEVEN, { n: 1 }, { n: "another" });
    const { code, out } = await run();
    expect([code, out.split("\n")[0]]).toEqual([1, "installation 7 (acme): record 2 was altered."]);
  });

  test("REL-78: what happened and when it was written are two times, and both are kept", async () => {
    const happened = new Date(AT.getTime() - 3_600_000).toISOString();
    await append(SEVEN, { what: "case-expired", due_at: happened, acted_at: AT.toISOString() });
    expect((await run()).code).toBe(0);
    const rows = await db.database.query<{ at: Date; due: string }>(
      "select at, record->>'due_at' as due from holdpoint.audit",
    );
    expect(rows).toEqual([{ at: AT, due: happened }]);
  });

  test("anchors that were changed are named, and it exits 1", async () => {
    await append(SEVEN, { n: 1 });
    await anchor();
    await appendFile(join(folder, "audit-anchors.jsonl"), "{}\n");
    const { code, out } = await run();
    expect([code, out.split("\n")[1]]).toEqual([
      1,
      `${folder}/audit-anchors.jsonl: line 2 was changed, or one before it is missing. The log tells every line's number and hash.`,
    ]);
  });

  test("prints JSON where it is asked to", async () => {
    await append(EIGHT, { n: 1 });
    await anchor();
    await append(EIGHT, { n: 2 });
    await asOwner(`update holdpoint.audit set record = '{}' where sequence = 2`);
    const { code, out } = await run("--json");
    expect([code, JSON.parse(out)]).toEqual([
      1,
      {
        schema: "holdpoint.audit/1",
        whole: false,
        anchors: {
          file: `${folder}/audit-anchors.jsonl`,
          lines: 1,
          newest: "2026-03-04T05:06:07.000Z",
          broken_line: null,
        },
        installations: [
          {
            installation: 8,
            account: null,
            records: 2,
            anchored: 1,
            broken: { sequence: 2, because: "altered" },
          },
        ],
      },
    ]);
  });
});
