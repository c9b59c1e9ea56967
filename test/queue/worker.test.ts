import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
