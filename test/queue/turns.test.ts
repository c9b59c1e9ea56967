import { setImmediate as breathe, setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { subjectKey } from "../../src/domain/subject.ts";
import type { JobData } from "../../src/queue/jobs.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";
import { deployOf, endPauses, handlers, look, openReplica, put, signalOnce } from "./queue-fixture.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await withOwnerSession(db.ownerUrl, "making the facts", (session) =>
    session.script(
      `create table holdpoint.fact (key text primary key, asked integer not null, seen integer not null);
       grant select, insert, update, delete on holdpoint.fact to public`,
    ),
  );
});
afterAll(() => db.drop());
afterEach(() => db.database.query("delete from holdpoint.fact"));

/** Writes a fact and asks for a look at it, in one transaction that takes its time now and then. */
async function change(replica: Queue, repository: number, index: number): Promise<void> {
  await db.database.transaction(async (transaction) => {
    await transaction.query(
      `insert into holdpoint.fact values ($1, 1, 0)
       on conflict (key) do update set asked = fact.asked + 1`,
      [subjectKey(deployOf(repository))],
    );
    await replica.enqueue(transaction, [look(repository)]);
    if (index % 7 === 0) await pause(15);
  });
}

/**
 * What a look must see is what was committed with the last request for it. A look reads the fact first and
 * writes what it saw when it ends, so a request that was dropped leaves `seen` behind `asked`.
 */
function createLooks(failEvery: number): {
  readonly look: (data: JobData["look"]) => Promise<void>;
  readonly report: { readonly overlaps: string[]; looks: number };
} {
  const report = { overlaps: new Array<string>(), looks: 0 };
  const active = new Set<string>();
  return {
    report,
    async look({ subject }) {
      const key = subjectKey(subject);
      if (active.has(key)) report.overlaps.push(key);
      active.add(key);
      try {
        report.looks += 1;
        const [fact] = await db.database.query<{ readonly asked: number }>(
          "select asked from holdpoint.fact where key = $1",
          [key],
        );
        await pause(report.looks % 3);
        if (report.looks % failEvery === 0) throw new Error("this time it fails");
        await db.database.query("update holdpoint.fact set seen = $2 where key = $1", [key, fact?.asked]);
      } finally {
        active.delete(key);
      }
    },
  };
}

test.each([
  ["none of which fails", Number.POSITIVE_INFINITY],
  ["every third of which fails", 3],
])(
  "of 400 requests from two replicas for two subjects, looks %s never overlap and see the last",
  async (_, failEvery) => {
    const replicas = [await openReplica(db), await openReplica(db)];
    const { look: handle, report } = createLooks(failEvery);
    for (const replica of replicas) await replica.work(handlers({ look: handle }));
    const changes: Promise<void>[] = [];
    for (let index = 0; index < 200; index += 1) {
      for (const replica of replicas) changes.push(change(replica, 1 + (index % 2), index));
      if (index % 10 === 0) await breathe();
    }
    await Promise.all(changes);
    for (let round = 0; round < 8; round += 1) {
      await replicas[0]?.idle();
      await endPauses(db);
    }
    await replicas[0]?.idle();
    for (const replica of replicas) await replica.stop(1_000);

    const facts = await db.database.query(
      "select seen = asked as seen, asked from holdpoint.fact order by key",
    );
    expect(report.overlaps).toEqual([]);
    expect(facts).toEqual([
      { seen: true, asked: 200 },
      { seen: true, asked: 200 },
    ]);
    // They were coalesced, or this would prove little.
    expect(report.looks).toBeLessThan(350);
    expect(await db.database.query("select * from holdpoint.turn")).toEqual([]);
    expect(await db.database.query("select * from pgboss.job")).toEqual([]);
  },
  60_000,
);

/** Until a session of this database waits for another's lock. */
async function somebodyWaits(): Promise<void> {
  for (;;) {
    const rows = await db.database.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (rows.length > 0) return;
    await pause(5);
  }
}

test.each(["while it runs", "while it is being settled"])(
  "a request whose transaction was open when the queued job began, and is committed %s, is not lost",
  async (moment) => {
    const replica = await openReplica(db);
    await put(db, replica, look(9));
    await db.database.query("insert into holdpoint.fact values ('deploy:9', 0, 0)");
    const asked = signalOnce();
    const read = signalOnce();
    const open = db.database.transaction(async (transaction) => {
      await transaction.query("update holdpoint.fact set asked = 1 where key = 'deploy:9'");
      await replica.enqueue(transaction, [look(9)]);
      asked.happen();
      await read.happened;
      if (moment === "while it is being settled") await somebodyWaits();
    });
    await asked.happened;
    const seen: unknown[] = [];
    await replica.work(
      handlers({
        look: async () => {
          const [fact] = await db.database.query<{ asked: number }>("select asked from holdpoint.fact");
          seen.push(fact?.asked);
          read.happen();
        },
      }),
    );
    await open;
    await replica.idle();
    await replica.stop(1_000);
    expect(seen).toEqual([0, 1]);
  },
);
