import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";
import { delivery, handlers, look, openReplica, put } from "./queue-fixture.ts";
import { silentLog } from "../database/loud-log.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase(silentLog);
});
afterAll(() => db.drop());

function terminateAll(): Promise<void> {
  return withOwnerSession(db.ownerUrl, "terminating", (session) =>
    session.script(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    ),
  );
}

describe("the queue and a database that comes and goes", () => {
  test("REL-26: all sessions terminated again and again during work: every job is done, within seconds", async () => {
    const database = await db.open({ log: silentLog });
    const queue = await openReplica(db, { pollEvery: 300, database });
    const seen = new Set<string>();
    await queue.work(
      handlers({
        delivery: async ({ id }) => {
          await database.query("select pg_sleep(0.01)");
          seen.add(id);
        },
        look: async ({ because }) => {
          await database.query("select pg_sleep(0.01)");
          seen.add(because);
        },
      }),
    );
    const ids = Array.from({ length: 60 }, (_, index) => `delivery-${String(index)}`);
    const looks = Array.from({ length: 20 }, (_, index) => look(index + 1, `look-${String(index)}`));
    await put(db, queue, ...ids.map(delivery), ...looks);
    for (let round = 0; round < 3; round += 1) {
      await expect.poll(() => seen.size, { interval: 5, timeout: 10_000 }).toBeGreaterThan(round * 20);
      await terminateAll();
    }
    // A job whose handler met the outage failed and waits for its retry.
    await expect
      .poll(() => queue.counts().catch(() => null), { interval: 100, timeout: 15_000 })
      .toMatchObject({
        delivery: { queued: 0, active: 0, parked: 0 },
        look: { queued: 0, active: 0, parked: 0 },
      });
    expect(seen.size).toBe(ids.length + looks.length);
    await queue.stop(1_000);
  }, 40_000);

  test("REL-25: what no NOTIFY tells of is found by polling", async () => {
    const queue = await openReplica(db, { pollEvery: 100 });
    const found = Promise.withResolvers<string>();
    await queue.work(
      handlers({
        delivery: ({ id }) => {
          found.resolve(id);
          return Promise.resolve();
        },
      }),
    );
    await put(db, queue, { ...delivery("silent"), startAfter: new Date(Date.now() + 3_600_000) });
    await queue.idle();
    await db.database.query("update pgboss.job set start_after = pgboss.job_now()");
    expect(await found.promise).toBe("silent");
    await queue.idle();
    await queue.stop(1_000);
  });
});
