import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../../src/errors.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { TRIES } from "../../src/queue/queues.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";
import {
  delivery,
  deployOf,
  endPauses,
  handlers,
  look,
  openReplica,
  put,
  signalOnce,
} from "./queue-fixture.ts";

let db: TestDatabase;
let queue: Queue;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  queue = await openReplica(db);
});
afterEach(async () => {
  await queue.stop(1_000);
  await db.database.query("delete from pgboss.job");
  await db.database.query("delete from holdpoint.turn");
  await db.database.query("delete from holdpoint.parked_job");
});

describe("a job and its transaction", () => {
  test("exist together or not at all", async () => {
    const seen: string[] = [];
    await queue.work(
      handlers({
        delivery: ({ id }) => {
          seen.push(id);
          return Promise.resolve();
        },
      }),
    );
    const undone = db.database.transaction(async (transaction) => {
      await queue.enqueue(transaction, [delivery("undone")]);
      throw new Error("no");
    });
    await expect(undone).rejects.toThrow("no");
    await put(db, queue, delivery("done"));
    await queue.idle();
    expect(seen).toEqual(["done"]);
    expect(await db.database.query("select * from pgboss.job")).toEqual([]);
  });

  test("of many in one batch each runs once", async () => {
    const seen: string[] = [];
    await queue.work(
      handlers({
        delivery: ({ id }) => {
          seen.push(id);
          return Promise.resolve();
        },
      }),
    );
    const ids = Array.from({ length: 100 }, (_, index) => `delivery-${String(index)}`);
    await put(db, queue, ...ids.map(delivery));
    await queue.idle();
    expect(seen.sort()).toEqual(ids.sort());
  });

  test("what another process enqueues is heard of without polling", async () => {
    const other = await openReplica(db);
    const { happened, happen } = signalOnce();
    await queue.work(
      handlers({
        delivery: () => {
          happen();
          return Promise.resolve();
        },
      }),
    );
    const before = performance.now();
    await put(db, other, delivery("from elsewhere"));
    await happened;
    expect(performance.now() - before).toBeLessThan(1_000);
    await other.stop(1_000);
  });
});

describe("looks at one subject", () => {
  test("are coalesced while queued", async () => {
    let runs = 0;
    await put(db, queue, look(1), look(1), look(2));
    await put(db, queue, look(1));
    await queue.work(
      handlers({
        look: () => {
          runs += 1;
          return Promise.resolve();
        },
      }),
    );
    await queue.idle();
    expect(runs).toBe(2);
  });

  test("asked for while one is active runs after it, and only then", async () => {
    const order: string[] = [];
    const first = signalOnce();
    const asked = signalOnce();
    await queue.work(
      handlers({
        look: async () => {
          order.push("begins");
          first.happen();
          await asked.happened;
          order.push("ends");
        },
      }),
    );
    await put(db, queue, look(1));
    await first.happened;
    await put(db, queue, look(1));
    await put(db, queue, look(1));
    asked.happen();
    await queue.idle();
    expect(order).toEqual(["begins", "ends", "begins", "ends"]);
    expect(await db.database.query("select * from holdpoint.turn")).toEqual([]);
  });

  test("asked for later run later, beside those asked for now", async () => {
    const because: string[] = [];
    await queue.work(
      handlers({
        look: (data) => {
          because.push(data.because);
          return Promise.resolve();
        },
      }),
    );
    const later = new Date(Date.now() + 60_000);
    await put(db, queue, { ...look(1, "later"), startAfter: later }, look(1, "now"));
    await queue.idle();
    expect(because).toEqual(["now"]);
    await db.database.query("update pgboss.job set start_after = pgboss.job_now() where name = 'later'");
    await db.database.query("select pg_notify('holdpoint_queue', 'later')");
    await queue.idle();
    expect(because).toEqual(["now", "later"]);
  });
});

describe("a job that fails", () => {
  test("REL-19: a poison delivery is tried a bounded number of times, then parked; others go on", async () => {
    let tries = 0;
    const seen: string[] = [];
    await queue.work(
      handlers({
        delivery: ({ id }) => {
          if (id !== "poison") {
            seen.push(id);
            return Promise.resolve();
          }
          tries += 1;
          return Promise.reject(new Error("cannot be digested"));
        },
      }),
    );
    await put(db, queue, delivery("poison"), delivery("wholesome"));
    for (let round = 0; round < TRIES + 2; round += 1) {
      await queue.idle();
      await endPauses(db);
    }
    await queue.idle();
    expect(tries).toBe(TRIES);
    expect(seen).toEqual(["wholesome"]);
    const parked = await queue.listParked(10);
    expect(parked.map(({ id: _id, parkedAt: _parkedAt, ...rest }) => rest)).toEqual([
      { kind: "delivery", key: "poison", retries: TRIES - 1, lastError: "cannot be digested" },
    ]);
    expect((await queue.counts()).delivery).toEqual({ queued: 0, active: 0, parked: 1 });
  });

  test("waits between its tries", async () => {
    await queue.work(handlers({ delivery: () => Promise.reject(new Error("not yet")) }));
    await put(db, queue, delivery("again"));
    await queue.idle();
    const [job] = await db.database.query<{ readonly wait: number; readonly state: string }>(
      "select state, extract(epoch from start_after - pgboss.job_now())::float as wait from pgboss.job",
    );
    expect(job?.state).toBe("retry");
    expect(job?.wait).toBeGreaterThan(1);
    expect(job?.wait).toBeLessThan(5);
  });

  test("is not tried before the moment that the other side named, not even when asked for again", async () => {
    const retryAt = new Date(Date.now() + 3_600_000);
    let tries = 0;
    await queue.work(
      handlers({
        look: () => {
          tries += 1;
          return Promise.reject(
            new Fault({ kind: "retry-later", code: "github-rate-limited", doing: "reading", retryAt }),
          );
        },
      }),
    );
    await put(db, queue, look(1));
    await queue.idle();
    await put(db, queue, look(1));
    await queue.idle();
    expect(tries).toBe(1);
    expect(await db.database.query("select start_after from pgboss.job")).toEqual([{ start_after: retryAt }]);
  });

  test("is tried at once when it is asked for again during a pause of our own", async () => {
    let tries = 0;
    await queue.work(
      handlers({
        look: () => {
          tries += 1;
          return tries === 1 ? Promise.reject(new Error("once")) : Promise.resolve();
        },
      }),
    );
    await put(db, queue, look(1));
    await queue.idle();
    expect(tries).toBe(1);
    await put(db, queue, look(1));
    await queue.idle();
    expect(tries).toBe(2);
    expect(await db.database.query("select * from holdpoint.turn")).toEqual([]);
  });

  test("for good is parked at once, and runs again when it is put back", async () => {
    let broken = true;
    const seen: unknown[] = [];
    await queue.work(
      handlers({
        look: ({ subject }) => {
          if (broken) {
            const fault = { kind: "misconfigured", code: "github-permission", doing: "reading" } as const;
            return Promise.reject(new Fault(fault));
          }
          seen.push(subject);
          return Promise.resolve();
        },
      }),
    );
    await put(db, queue, look(7));
    await queue.idle();
    const [parked] = await queue.listParked(10);
    expect(parked).toMatchObject({ kind: "look", key: "deploy:7", retries: 0 });
    broken = false;
    expect(await queue.retryParked(parked?.id ?? "")).toBe(true);
    expect(await queue.retryParked(parked?.id ?? "")).toBe(false);
    await queue.idle();
    expect(seen).toEqual([deployOf(7)]);
    expect(await queue.listParked(10)).toEqual([]);
  });

  test("and is parked stays asked for when somebody asked meanwhile", async () => {
    const first = signalOnce();
    const asked = signalOnce();
    let tries = 0;
    await queue.work(
      handlers({
        look: async () => {
          tries += 1;
          if (tries > 1) return;
          first.happen();
          await asked.happened;
          throw new Fault({ kind: "never-retry", code: "github-gone", doing: "reading" });
        },
      }),
    );
    await put(db, queue, look(1));
    await first.happened;
    await put(db, queue, look(1));
    asked.happen();
    await queue.idle();
    expect(tries).toBe(2);
    expect(await queue.listParked(10)).toEqual([]);
  });

  test("and goes through later takes its parked predecessor with it", async () => {
    let broken = true;
    await queue.work(
      handlers({
        look: () =>
          broken
            ? Promise.reject(new Fault({ kind: "never-retry", code: "github-gone", doing: "reading" }))
            : Promise.resolve(),
      }),
    );
    await put(db, queue, look(1));
    await queue.idle();
    expect(await queue.listParked(10)).toHaveLength(1);
    broken = false;
    await put(db, queue, look(1));
    await queue.idle();
    expect(await queue.listParked(10)).toEqual([]);
  });
});

describe("stopping", () => {
  test("REL-29: waits for what is active, and gives back what does not end in time", async () => {
    const begun = signalOnce();
    const hung = signalOnce();
    const aborted: unknown[] = [];
    await queue.work(
      handlers({
        delivery: async ({ id }, { signal }) => {
          if (id === "quick") return;
          begun.happen();
          signal.addEventListener("abort", () => aborted.push(signal.reason));
          await hung.happened;
        },
      }),
    );
    await put(db, queue, delivery("quick"), delivery("hangs"));
    await begun.happened;
    await queue.stop(100);
    expect(aborted).toEqual([new Error("the process shuts down")]);
    expect(await db.database.query("select data, state::text from pgboss.job")).toEqual([
      { data: { id: "hangs" }, state: "created" },
    ]);
    hung.happen();

    const seen: string[] = [];
    queue = await openReplica(db);
    await queue.work(
      handlers({
        delivery: ({ id }) => {
          seen.push(id);
          return Promise.resolve();
        },
      }),
    );
    await queue.idle();
    expect(seen).toEqual(["hangs"]);
  });
});
