import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isInstallationId } from "../../../src/domain/brands.ts";
import { appendAudit } from "../../../src/store/audit.ts";
import { createTestDatabase, type TestDatabase } from "../../database/harness.ts";
import { judgeRecords } from "./records.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

function judged(acknowledged: readonly string[]): Promise<readonly string[]> {
  const nothingDelivered = { github: { deliveries: { list: () => [] } } };
  return judgeRecords({ database: db.database, box: nothingDelivered, acknowledged });
}

async function record(what: string, due: string): Promise<void> {
  const installationId = 7;
  if (!isInstallationId(installationId)) throw new RangeError("unreachable");
  await db.database.transaction((transaction) =>
    appendAudit(transaction, {
      installationId,
      at: new Date("2026-03-04T05:06:07Z"),
      record: { what, case: 1, check: "Integration", due_at: due },
    }),
  );
}

describe("the judge of what is on record", () => {
  test("sees a delivery that was acknowledged and is nowhere", async () => {
    expect(await judged([])).toEqual([]);
    expect(await judged(["72d3162e"])).toEqual(["delivery 72d3162e was acknowledged and is not there"]);
  });

  test("sees a change of a case that is on record twice, and takes another deadline for another change", async () => {
    await record("case-expired", "2026-03-07");
    await record("case-expired", "2026-03-08");
    await record("case-resolved", "2026-03-08");
    await record("case-expired", "2026-03-08");
    expect(await judged([])).toEqual([]);
    await record("case-expired", "2026-03-08");
    expect(await judged([])).toEqual(["case-expired of Integration is on record 2 times"]);
  });
});
