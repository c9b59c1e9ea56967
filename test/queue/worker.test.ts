import { PgBoss } from "pg-boss";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { planFetch } from "../../src/queue/worker.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";
import { handlers, look, openReplica, put, signalOnce } from "./queue-fixture.ts";

const group = (name: string | null): { readonly group: string | null } => ({ group: name });

describe("what is fetched next", () => {
  test.each([
    ["nothing runs: one place stays free for somebody else", [], 4, { batchSize: 3, ignoreGroups: [] }],
    ["one of A: two more of anybody's", ["A"], 4, { batchSize: 2, ignoreGroups: [] }],
    ["A has all but one: the last is for others", ["A", "A", "A"], 4, { batchSize: 1, ignoreGroups: ["A"] }],
    ["two groups", ["A", "A", "B"], 4, { batchSize: 1, ignoreGroups: [] }],
    ["nobody's in particular never counts", [null, null, null], 4, { batchSize: 1, ignoreGroups: [] }],
    ["a single place is anybody's", [], 1, { batchSize: 1, ignoreGroups: [] }],
  ])("%s", (_, running, concurrency, expected) => {
    expect(planFetch(running.map(group), concurrency)).toEqual(expected);
  });

  test("never lets a group have the last place, whatever comes back", () => {
    for (let concurrency = 2; concurrency <= 6; concurrency += 1) {
      const running: string[] = [];
      for (;;) {
        const { batchSize, ignoreGroups } = planFetch(running.map(group), concurrency);
        if (ignoreGroups.includes("A") || batchSize === 0) break;
        for (let index = 0; index < batchSize; index += 1) running.push("A");
      }
      expect(running).toHaveLength(concurrency - 1);
    }
  });
});

describe("a burst of one repository", () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  test("REL-15: does not keep another's work waiting", async () => {
    const queue = await openReplica(db);
    const begun: string[] = [];
    const release = signalOnce();
    const small = signalOnce();
    await put(
      db,
      queue,
      ...Array.from({ length: 50 }, (_, index) => ({ ...look(100 + index), group: "big" })),
    );
    await queue.work(
      handlers({
        look: async ({ because }) => {
          begun.push(because);
          if (because === "small") small.happen();
          else await release.happened;
        },
      }),
    );
    await put(db, queue, { ...look(1, "small"), group: "small" });
    await small.happened;
    await expect.poll(() => begun.toSorted()).toEqual(["small", "test", "test", "test"]);
    release.happen();
    await queue.idle();
    expect(begun).toHaveLength(51);
    await queue.stop(1_000);
  });
});

describe("how often the database is asked for work", () => {
  const NO_POLL = { pollEvery: 3_600_000 };
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => db.drop());

  test("once for a job that was alone: who got less than they asked for knows that there is no more", async () => {
    const queue = await openReplica(db, NO_POLL);
    await queue.work(handlers({ look: () => Promise.resolve() }));
    await queue.idle();
    const fetched = vi.spyOn(PgBoss.prototype, "fetch");
    for (let number = 1; number <= 3; number += 1) {
      await put(db, queue, look(number));
      await queue.idle();
    }
    expect(fetched.mock.calls.map(([name]) => name)).toEqual(["look", "look", "look"]);
    await queue.stop(1_000);
  });

  test("again when a job ends, where more was queued than there was room for", async () => {
    const queue = await openReplica(db, NO_POLL);
    let done = 0;
    await put(db, queue, ...Array.from({ length: 20 }, (_, index) => look(200 + index)));
    await queue.work(handlers({ look: async () => void (done += 1) }));
    await queue.idle();
    expect(done).toBe(20);
    await queue.stop(1_000);
  });

  test("again when a job ends that left another of its key behind", async () => {
    const queue = await openReplica(db, NO_POLL);
    const [begun, release] = [signalOnce(), signalOnce()];
    const because: string[] = [];
    await queue.work(
      handlers({
        look: async (data) => {
          because.push(data.because);
          begun.happen();
          await release.happened;
        },
      }),
    );
    await put(db, queue, look(300, "first"));
    await begun.happened;
    await put(db, queue, look(300, "second"));
    release.happen();
    await queue.idle();
    expect(because).toHaveLength(2);
    await queue.stop(1_000);
  });
});
