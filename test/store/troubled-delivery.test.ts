import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { packBody } from "../../src/store/packed-body.ts";
import { countDeliveries, listTroubledDeliveries } from "../../src/store/troubled-delivery.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";

const AT = new Date("2026-05-05T10:00:00Z");
const SINCE = new Date("2026-05-04T10:00:00Z");
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(() => db.database.query("delete from holdpoint.delivery"));
afterAll(() => db.drop());

async function add(
  id: string,
  body: Buffer | null,
  { state = "failed", source = "github", at = AT }: { state?: string; source?: string; at?: Date } = {},
): Promise<void> {
  await db.database.query(
    `insert into holdpoint.delivery (id, source, event, body, body_hash, received_at, state)
     values ($1, $2, 'push', $3, '\\x00', $4, $5)`,
    [id, source, body, at, state],
  );
}

function about(repository: unknown): Buffer {
  return Buffer.from(JSON.stringify({ repository }));
}

test("the states of the day are counted, those that did not come as none", async () => {
  await add("a", null, { state: "processed" });
  await add("b", null, { state: "processed" });
  await add("c", null, { state: "parked" });
  await add("d", null, { state: "processed", at: SINCE });
  expect(await countDeliveries(db.database, SINCE)).toEqual({
    received: 0,
    processed: 2,
    ignored: 0,
    failed: 0,
    parked: 1,
  });
});

test.each<readonly [claim: string, body: Buffer | null, repositoryId: number | null]>([
  ["the number of its repository", about({ id: 7 }), 7],
  ["nobody, without a repository", Buffer.from("{}"), null],
  ["nobody, where it is no number", about({ id: "7" }), null],
  ["nobody, where there is no JSON", Buffer.from("<html>"), null],
  ["nobody, once the body is forgotten", null, null],
  ["nobody, where it is too large to read for a page", Buffer.alloc(300_000, 0x78), null],
])("a delivery belongs to %s", async (_, body, repositoryId) => {
  await add("a", body);
  expect(await listTroubledDeliveries(db.database, SINCE, 10)).toMatchObject([{ id: "a", repositoryId }]);
});

test("a body that is kept packed is read all the same", async () => {
  await add(
    "a",
    await packBody(Buffer.from(JSON.stringify({ padding: "x".repeat(5_000), repository: { id: 7 } }))),
  );
  expect(await listTroubledDeliveries(db.database, SINCE, 10)).toMatchObject([{ repositoryId: 7 }]);
});

test("Jira's belong to nobody, whatever is in them; what succeeded is not listed", async () => {
  await add("a", about({ id: 7 }), { source: "jira" });
  await add("b", about({ id: 7 }), { state: "ignored" });
  expect(await listTroubledDeliveries(db.database, SINCE, 10)).toMatchObject([
    { id: "a", repositoryId: null },
  ]);
});
