import { PgBoss } from "pg-boss";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { readInsertFrom } from "../../src/queue/insert-from.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";
import { delivery, handlers, openReplica } from "./queue-fixture.ts";

let db: TestDatabase;
let queue: Queue;
beforeAll(async () => {
  db = await createTestDatabase();
  queue = await openReplica(db);
});
afterAll(async () => {
  await queue.stop(1_000);
  await db.drop();
});
afterEach(() => db.database.query("delete from pgboss.job"));

/** Rows without a table: what counts is what the statement answers. */
const ROWS =
  "insert into holdpoint.turn (kind, key, asked) select 'test', key, 1 from unnest($1::text[]) as key";
const INSERT = `${ROWS} on conflict do nothing returning key as id`;

async function put(...keys: readonly string[]): Promise<readonly string[]> {
  const rows = await db.database.query<{ readonly id: string }>(queue.deliveryJobs().statementFor(INSERT), [
    keys,
  ]);
  return rows.map(({ id }) => id);
}

function listJobs(): Promise<readonly unknown[]> {
  return db.database.query(
    `select name, data, state, policy, retry_limit as retries, heartbeat_seconds as heartbeat
       from pgboss.job order by data->>'id'`,
  );
}

/** A replica that looks by itself once a minute only; `worked` is the first delivery that it is given. */
async function openWorker(): Promise<{ readonly replica: Queue; readonly worked: Promise<string> }> {
  const { promise: worked, resolve } = Promise.withResolvers<string>();
  const replica = await openReplica(db, { pollEvery: 60_000 });
  await replica.work(handlers({ delivery: ({ id }) => Promise.resolve(resolve(id)) }));
  await replica.idle();
  return { replica, worked };
}

describe("delivery jobs in one statement with the rows", () => {
  afterEach(() => db.database.query("delete from holdpoint.turn"));

  test("there is one for each row that is new, with what the queue prescribes", async () => {
    expect(await put("a", "b")).toEqual(["a", "b"]);
    expect(await put("b", "c")).toEqual(["c"]);
    const job = { name: "delivery", state: "created", policy: "standard", retries: 1_000_000, heartbeat: 20 };
    expect(await listJobs()).toEqual(["a", "b", "c"].map((id) => ({ ...job, data: { id } })));
  });

  test("they are the same as those that are asked for in a transaction", async () => {
    await put("a");
    const [alone] = await listJobs();
    await db.database.query("delete from pgboss.job");
    await db.database.transaction((transaction) => queue.enqueue(transaction, [delivery("a")]));
    expect(await listJobs()).toEqual([alone]);
  });

  test("there is none where the rows fail", async () => {
    await expect(
      db.database.query(queue.deliveryJobs().statementFor(`${ROWS} returning 1 / (asked - 1) as id`), [
        ["a"],
      ]),
    ).rejects.toMatchObject({ code: "database-error" });
    expect(await listJobs()).toEqual([]);
  });

  test("a worker elsewhere is told", async () => {
    const { replica, worked } = await openWorker();
    expect(await put("a")).toEqual(["a"]);
    expect(await worked).toBe("a");
    await replica.stop(1_000);
  });

  test("a worker in the same process is told directly", async () => {
    const { replica, worked } = await openWorker();
    const jobs = replica.deliveryJobs();
    const statement = jobs.statementFor(INSERT);
    expect(statement).not.toContain("pg_notify");
    await db.database.query(statement, [["a"]]);
    jobs.stored();
    expect(await worked).toBe("a");
    await replica.stop(1_000);
  });

  test("a pg-boss that puts its jobs in another way is refused at the start", async () => {
    const boss = new PgBoss({ db: { executeSql: () => Promise.resolve({ rows: [] }) } });
    boss.insert = (_name, _jobs, options) =>
      options?.db?.executeSql("insert into job select $1, $2", []).then(() => null) ?? Promise.resolve(null);
    await expect(readInsertFrom(boss, "delivery")).rejects.toThrow(
      "pg-boss puts its jobs in a way that this code does not know",
    );
  });
});
