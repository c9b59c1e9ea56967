import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isDeliveryId } from "../../src/domain/brands.ts";
import type { DeliveryId } from "../../src/domain/model.ts";
import {
  type DeliveryState,
  type NewDelivery,
  findDelivery,
  finishDelivery,
  insertDeliveries,
  purgeDeliveries,
  reviveDelivery,
  wasDelivered,
} from "../../src/store/delivery.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
afterEach(async () => {
  await db.database.query("delete from holdpoint.delivery");
});

const AT = new Date("2026-03-04T05:06:07.089Z");
const LATER = new Date("2026-03-05T05:06:07.089Z");

function idOf(text: string): DeliveryId {
  if (!isDeliveryId(text)) throw new RangeError("an id is expected");
  return text;
}

function delivery(id: string, body = `{"id":"${id}"}`): NewDelivery {
  const bytes = Buffer.from(body);
  const bodyHash = createHash("sha256").update(bytes).digest();
  return { id: idOf(id), source: "github", event: "push", appId: 7, body: bytes, bodyHash };
}

function insert(...deliveries: readonly NewDelivery[]): Promise<readonly DeliveryId[]> {
  return db.database.transaction((transaction) => insertDeliveries(transaction, deliveries, AT));
}

describe("storing deliveries", () => {
  test("keeps what came in, and answers what is work", async () => {
    expect([...(await insert(delivery("b"), delivery("a")))].sort()).toEqual(["a", "b"]);
    expect(await findDelivery(db.database, idOf("a"))).toEqual({
      id: "a",
      source: "github",
      event: "push",
      appId: 7,
      body: Buffer.from('{"id":"a"}'),
      state: "received",
      sameBodyAs: null,
    });
  });

  test.each<readonly [state: DeliveryState, isWork: boolean]>([
    ["received", false],
    ["processed", false],
    ["ignored", false],
    ["failed", true],
    ["parked", true],
  ])("a redelivery of what is %s is work: %s", async (state, isWork) => {
    await insert(delivery("a"));
    if (state !== "received") await finishDelivery(db.database, idOf("a"), state, "because", AT);
    expect(await insert(delivery("b"), delivery("a"))).toEqual(isWork ? ["a", "b"] : ["b"]);
    const rows = await db.database.query(
      "select id, state, redeliveries from holdpoint.delivery order by id",
    );
    expect(rows).toEqual([
      { id: "a", state: isWork ? "received" : state, redeliveries: 1 },
      { id: "b", state: "received", redeliveries: 0 },
    ]);
  });

  test("many at once in any order never wait for each other in a circle", async () => {
    const ids = Array.from({ length: 40 }, (_, number) => `delivery-${String(number)}`);
    const batches = Array.from({ length: 8 }, (_, turn) => [
      ...ids.slice(turn * 5),
      ...ids.slice(0, turn * 5),
    ]);
    const answers = await Promise.all(batches.map((batch) => insert(...batch.map((id) => delivery(id)))));
    expect(answers.flat().sort()).toEqual([...ids].sort());
  });

  test("128 large ones fit into one statement", async () => {
    const body = "x".repeat(200_000);
    const batch = Array.from({ length: 128 }, (_, number) => delivery(`large-${String(number)}`, body));
    expect(await insert(...batch)).toHaveLength(128);
  });
});

describe("a stored delivery", () => {
  test("names the newest earlier one with the same body", async () => {
    await insert(delivery("first", "{}"));
    await db.database.transaction((transaction) =>
      insertDeliveries(transaction, [delivery("second", "{}"), delivery("other")], LATER),
    );
    expect((await findDelivery(db.database, idOf("second")))?.sameBodyAs).toBe("first");
    expect((await findDelivery(db.database, idOf("first")))?.sameBodyAs).toBeNull();
    expect((await findDelivery(db.database, idOf("other")))?.sameBodyAs).toBeNull();
  });

  test("comes to its end once", async () => {
    await insert(delivery("a"));
    expect(await finishDelivery(db.database, idOf("a"), "failed", "once", AT)).toBe(true);
    expect(await finishDelivery(db.database, idOf("a"), "processed", null, AT)).toBe(true);
    expect(await finishDelivery(db.database, idOf("a"), "failed", "late", LATER)).toBe(false);
    const [row] = await db.database.query("select state, reason, finished_at as at from holdpoint.delivery");
    expect(row).toEqual({ state: "processed", reason: null, at: AT });
  });

  test("is put back to work while its body is kept", async () => {
    await insert(delivery("a"));
    await finishDelivery(db.database, idOf("a"), "processed", null, AT);
    expect(await reviveDelivery(db.database, idOf("a"))).toBe(true);
    expect((await findDelivery(db.database, idOf("a")))?.state).toBe("received");
    expect(await reviveDelivery(db.database, idOf("unknown"))).toBe(false);
  });

  test("is known by its id", async () => {
    await insert(delivery("a"));
    expect(await wasDelivered(db.database, "a")).toBe(true);
    expect(await wasDelivered(db.database, "b")).toBe(false);
    expect(await findDelivery(db.database, idOf("b"))).toBeNull();
  });

  test("is forgotten in two steps, unless something is still to be done", async () => {
    const states = ["received", "processed", "ignored", "failed", "parked"] as const;
    await insert(...states.map((state) => delivery(state)));
    for (const state of states) {
      if (state !== "received") await finishDelivery(db.database, idOf(state), state, null, AT);
    }
    await purgeDeliveries(db.database, { bodies: AT, deliveries: AT });
    expect(await kept()).toEqual([
      ["failed", true],
      ["ignored", true],
      ["parked", true],
      ["processed", true],
      ["received", true],
    ]);
    await purgeDeliveries(db.database, { bodies: LATER, deliveries: AT });
    expect(await kept()).toEqual([
      ["failed", true],
      ["ignored", false],
      ["parked", true],
      ["processed", false],
      ["received", true],
    ]);
    expect(await reviveDelivery(db.database, idOf("processed"))).toBe(false);
    await purgeDeliveries(db.database, { bodies: LATER, deliveries: LATER });
    expect((await kept()).map(([id]) => id)).toEqual(["failed", "parked", "received"]);
  });
});

async function kept(): Promise<readonly (readonly [id: string, body: boolean])[]> {
  const rows = await db.database.query<{ readonly id: string; readonly body: boolean }>(
    "select id, body is not null as body from holdpoint.delivery order by id",
  );
  return rows.map(({ id, body }) => [id, body]);
}
