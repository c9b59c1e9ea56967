import { randomInt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import type { InstallationId } from "../../src/domain/model.ts";
import { type AuditRecord, appendAudit, canonicalJson, verifyAudit } from "../../src/store/audit.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const AT = new Date("2026-03-04T05:06:07.089Z");

function isInstallation(id: number): id is InstallationId {
  return id > 0;
}
/** Another one for each test. */
function anyInstallation(): InstallationId {
  const id = randomInt(1, 2 ** 40);
  if (!isInstallation(id)) throw new RangeError("unreachable");
  return id;
}

async function append(installationId: InstallationId, ...records: AuditRecord[]): Promise<void> {
  for (const record of records) {
    await db.database.transaction((transaction) =>
      appendAudit(transaction, { installationId, at: AT, record }),
    );
  }
}

/** What the owner of the database can do, the trigger notwithstanding. */
async function tamper(sql: string, values: readonly unknown[]): Promise<void> {
  await withOwnerSession(db.ownerUrl, "tampering", async (session) => {
    await session.query("set session_replication_role = replica");
    await session.query(sql, values);
  });
}

describe("the audit of an installation", () => {
  test("is a chain that verifies, whatever is in it", async () => {
    const installation = anyInstallation();
    await append(
      installation,
      { b: 1, a: { d: [1, "zwei", null], c: true } },
      { text: "NUL \0, half a pair \ud800, \u2028, </script>, 1e21", number: 1e21, fraction: 0.1, zero: -0 },
      {},
    );
    const verdict = await verifyAudit(db.database, installation);
    expect(verdict).toMatchObject({ state: "intact", head: { sequence: 3 } });
  });

  test("of nobody is intact and empty", async () => {
    expect(await verifyAudit(db.database, anyInstallation())).toEqual({ state: "intact", head: null });
  });

  test("REL-78: appends of many at once are serialised, and no number is left out", async () => {
    const installation = anyInstallation();
    await Promise.all(Array.from({ length: 20 }, (_, index) => append(installation, { index })));
    expect(await verifyAudit(db.database, installation)).toMatchObject({ head: { sequence: 20 } });
  });

  test("exists only when the change does that it tells of", async () => {
    const installation = anyInstallation();
    const undone = db.database.transaction(async (transaction) => {
      await appendAudit(transaction, { installationId: installation, at: AT, record: {} });
      throw new Error("no");
    });
    await expect(undone).rejects.toThrow("no");
    expect(await verifyAudit(db.database, installation)).toEqual({ state: "intact", head: null });
  });

  test.each([
    "update holdpoint.audit set at = at",
    "delete from holdpoint.audit",
    "truncate holdpoint.audit",
  ])("REL-78: “%s” is refused, to the role that Holdpoint runs as and to the owner", async (sql) => {
    const installation = anyInstallation();
    await append(installation, { what: "kept" });
    await expect(db.database.query(sql)).rejects.toThrow("database-");
    const asOwner = withOwnerSession(db.ownerUrl, "trying", (session) => session.query(sql));
    await expect(asOwner).rejects.toMatchObject({ cause: { message: "the audit is append-only" } });
    expect(await verifyAudit(db.database, installation)).toMatchObject({ head: { sequence: 1 } });
  });

  const TAMPERINGS: readonly [string, string, { sequence: number; because: string }][] = [
    [
      "a changed record",
      `update holdpoint.audit set record = '{"n": 99}' where installation_id = $1 and sequence = 2`,
      { sequence: 2, because: "altered" },
    ],
    [
      "a changed time",
      "update holdpoint.audit set at = at + interval '1 ms' where installation_id = $1 and sequence = 3",
      { sequence: 3, because: "altered" },
    ],
    [
      "a removed record",
      "delete from holdpoint.audit where installation_id = $1 and sequence = 2",
      { sequence: 2, because: "missing" },
    ],
    [
      "a removed first record",
      "delete from holdpoint.audit where installation_id = $1 and sequence = 1",
      { sequence: 1, because: "missing" },
    ],
    [
      "a removed record whose number was given to the next",
      `with gone as (delete from holdpoint.audit where installation_id = $1 and sequence = 4 returning *)
       update holdpoint.audit a set record = gone.record, at = gone.at, hash = gone.hash,
              previous_hash = gone.previous_hash
         from gone where a.installation_id = $1 and a.sequence = 3`,
      { sequence: 3, because: "not-linked" },
    ],
  ];
  test.each(TAMPERINGS)(
    "REL-78: %s is found at the first record that does not fit",
    async (_, sql, expected) => {
      const installation = anyInstallation();
      await append(installation, { n: 1 }, { n: 2 }, { n: 3 }, { n: 4 });
      await tamper(sql, [installation]);
      expect(await verifyAudit(db.database, installation)).toEqual({ state: "broken", ...expected });
    },
  );

  test("REL-78: a cut-off tail and a chain computed anew are found by the head that was kept elsewhere", async () => {
    const installation = anyInstallation();
    await append(installation, { n: 1 }, { n: 2 });
    const before = await verifyAudit(db.database, installation);
    const anchors = before.state === "intact" && before.head !== null ? [before.head] : [];

    await tamper("delete from holdpoint.audit where installation_id = $1 and sequence = 2", [installation]);
    expect(await verifyAudit(db.database, installation)).toMatchObject({ state: "intact" });
    const cut = { state: "broken", sequence: 2, because: "cut-off" };
    expect(await verifyAudit(db.database, installation, anchors)).toEqual(cut);

    await append(installation, { n: "another" });
    const anew = { state: "broken", sequence: 2, because: "altered" };
    expect(await verifyAudit(db.database, installation, anchors)).toEqual(anew);
  });
});

test("the same value has one text, in whatever order its names came", () => {
  expect(canonicalJson({ b: [1, { d: null, c: "ü" }], a: true })).toBe(
    '{"a":true,"b":[1,{"c":"ü","d":null}]}',
  );
});
