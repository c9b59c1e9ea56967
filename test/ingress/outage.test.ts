import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkMigrations } from "../../src/database/migrate.ts";
import type { Database } from "../../src/database/database.ts";
import { createDeliveryWriter } from "../../src/ingress/delivery-writer.ts";
import { createLog } from "../../src/log.ts";
import { createProbes } from "../../src/ingress/probes.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { type FlakyProxy, startFlakyProxy } from "../database/flaky-proxy.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";
import { silentLog } from "../database/loud-log.ts";
import { openReplica, wallClock } from "../queue/queue-fixture.ts";
import {
  type IntakeFixture,
  deliver,
  deliveryId,
  listDeliveries,
  listDeliveryJobs,
  startIntake,
} from "./intake-fixture.ts";

const NOT_STORED = { status: 503, text: "The delivery could not be stored. Send it again.\n" };
const STORED = { status: 202, text: "stored\n" };

let db: TestDatabase;
let queue: Queue;
let proxy: FlakyProxy;
let database: Database;
let fixture: IntakeFixture;
beforeAll(async () => {
  db = await createTestDatabase();
  queue = await openReplica(db);
});
afterAll(async () => {
  await queue.stop(1_000);
  await db.drop();
});
beforeEach(async () => {
  proxy = await startFlakyProxy(db.url);
  database = await db.open({
    url: proxy.url,
    purpose: "intake",
    log: silentLog,
    limits: { connect: 300, answer: 300 },
  });
  fixture = await startIntake({ database, queue });
});
afterEach(async () => {
  await fixture.close();
  await database.close();
  await proxy.close();
  await db.database.query("delete from holdpoint.delivery");
  await db.database.query("delete from pgboss.job");
});

function isReady(): Promise<boolean> {
  const probes = createProbes({
    intake: fixture.intake,
    writer: { counts: () => ({ batches: 0, rows: 0 }) },
    queue,
    checkDatabase: () => checkMigrations(database),
    isStopping: () => false,
  });
  return Promise.resolve(probes.request("/readyz")).then(({ ok }) => ok);
}

/** What became of deliveries sent during an outage, milliseconds included. */
async function sendDuring(
  outage: () => void,
): Promise<{ readonly answers: readonly object[]; readonly took: number }> {
  outage();
  const began = performance.now();
  const answers = await Promise.all([1, 2, 3].map((number) => deliver(fixture.port, "push", { number })));
  return { answers, took: performance.now() - began };
}

describe("the database is away", () => {
  test("REL-16: half-open connections: 503 in time, not ready; afterwards all is well by itself", async () => {
    expect(await deliver(fixture.port, "push", { number: 0 })).toEqual(STORED);
    expect(await isReady()).toBe(true);
    const { answers, took } = await sendDuring(proxy.freeze);
    expect(answers).toEqual([NOT_STORED, NOT_STORED, NOT_STORED]);
    expect(took).toBeLessThan(3_000);
    expect(await isReady()).toBe(false);
    expect(fixture.budget.held()).toBe(0);
    proxy.thaw();
    expect(await isReady()).toBe(true);
    expect(await deliver(fixture.port, "push", { number: 4 })).toEqual(STORED);
    expect(await listDeliveries(db.database)).toHaveLength(2);
  });

  test("REL-16: cut connections: 503 at once, nothing half stored", async () => {
    const { answers, took } = await sendDuring(() => proxy.cutAt("insert into holdpoint.delivery"));
    expect(answers).toEqual([NOT_STORED, NOT_STORED, NOT_STORED]);
    expect(took).toBeLessThan(1_000);
    proxy.cutAt("nothing that is ever sent");
    expect(await deliver(fixture.port, "push", { number: 4 })).toEqual(STORED);
    expect(await listDeliveryJobs(db.database)).toHaveLength(1);
  });

  test("REL-77: the log says what happened and nothing of the body or the secret", async () => {
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    const log = createLog({ level: "debug", clock: wallClock, write, secrets: [] });
    const logging = await startIntake({ database, queue, log });
    proxy.cutAt("insert into holdpoint.delivery");
    const canary = { canary: "canary-4711" };
    expect(await deliver(logging.port, "push", canary, { "x-github-delivery": "seen" })).toEqual(NOT_STORED);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"message":"a delivery could not be stored"');
    expect(lines[0]).toContain('"delivery":"seen","code":"database-unavailable"');
    expect(lines[0]).not.toMatch(/canary|Secret to Everybody/);
    await logging.close();
  });

  test("REL-16: stored, but the answer is lost: 503, and the redelivery makes one row and one job", async () => {
    proxy.cutAnswerTo("insert into holdpoint.delivery");
    const id = { "x-github-delivery": "unknown" };
    expect(await deliver(fixture.port, "push", {}, id)).toEqual(NOT_STORED);
    expect(await listDeliveryJobs(db.database)).toEqual([{ id: "unknown" }]);
    proxy.cutAnswerTo("nothing that is ever sent");
    expect(await deliver(fixture.port, "push", {}, id)).toEqual(STORED);
    expect(await listDeliveries(db.database)).toHaveLength(1);
    expect(await listDeliveryJobs(db.database)).toEqual([{ id: "unknown" }]);
  });

  test("REL-16: a database that is only slow is given up on before the sender does", async () => {
    const never = new Promise<never>(() => undefined);
    const slow: Database = { ...database, query: () => never };
    const writer = createDeliveryWriter(slow, queue, wallClock, 100);
    const began = performance.now();
    const writes = ["a", "b"].map((id) => writer.write({ ...DELIVERY, id: deliveryId(id) }));
    const ended = await Promise.allSettled(writes);
    expect(ended).toMatchObject([
      { status: "rejected", reason: { code: "delivery-not-stored-in-time" } },
      { status: "rejected", reason: { code: "delivery-not-stored-in-time" } },
    ]);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe("batches", () => {
  test("what comes in together shares one; doubles are in different ones", async () => {
    const writer = createDeliveryWriter(db.database, queue, wallClock);
    const ids = ["a", "b", "c", "d", "b", "c", "b"];
    await Promise.all(ids.map((id) => writer.write({ ...DELIVERY, id: deliveryId(id) })));
    await writer.settled();
    // a b c d, then b c, then b.
    expect(writer.counts()).toEqual({ batches: 3, rows: 7 });
    expect((await listDeliveries(db.database)).map(({ id, redeliveries }) => [id, redeliveries])).toEqual([
      ["a", 0],
      ["b", 2],
      ["c", 1],
      ["d", 0],
    ]);
    expect(await listDeliveryJobs(db.database)).toHaveLength(4);
  });

  test("none is larger than 32 MB, and one that is alone may be of any size", async () => {
    const writer = createDeliveryWriter(db.database, queue, wallClock);
    const body = Buffer.alloc(20 * 1024 * 1024);
    const ids = ["a", "b", "c"];
    await Promise.all(ids.map((id) => writer.write({ ...DELIVERY, body, id: deliveryId(id) })));
    expect(writer.counts()).toEqual({ batches: 3, rows: 3 });
    await writer.settled();
  });
});

const DELIVERY = {
  source: "github",
  event: "push",
  appId: null,
  body: Buffer.from("{}"),
  bodyHash: Buffer.alloc(32),
} as const;
