import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { DATABASE_LIMITS } from "../../src/database/open-database.ts";
import { readDatabaseTime } from "../../src/database/read-database-time.ts";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { Fault } from "../../src/errors.ts";
import { startFlakyProxy } from "./flaky-proxy.ts";
import { type TestDatabase, createTestDatabase } from "./harness.ts";
import { silentLog } from "./loud-log.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase(silentLog);
});
afterAll(() => db.drop());

function asOwner(sql: string): Promise<void> {
  return withOwnerSession(db.ownerUrl, "arranging a test", (session) => session.script(sql));
}

/** Ends every session of this database but the one that does it. */
function terminateAll(): Promise<void> {
  return asOwner(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  );
}

function alterDatabase(change: string): string {
  return `do $$ begin execute format('alter database %I ${change}', current_database()); end $$`;
}

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => "no fault",
    (error: unknown) => (error instanceof Fault ? `${error.code} ${error.kind}` : String(error)),
  );
}

function raise(state: string): string {
  return `do $$ begin raise exception using errcode = '${state}', message = 'secret-row-value'; end $$`;
}

describe("a transaction", () => {
  test("that throws leaves nothing behind and runs none of its follow-ups", async () => {
    let followed = 0;
    const failing = db.database.transaction(async (transaction) => {
      transaction.afterCommit(() => (followed += 1));
      await transaction.query("insert into holdpoint.github_pause values (1, '2026-01-01Z', 1)");
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await db.database.query("select * from holdpoint.github_pause")).toEqual([]);
    expect(followed).toBe(0);
  });

  test("that caught a failed statement and forgot it is a fault, not a success", async () => {
    const attempt = db.database.transaction(async (transaction) => {
      await transaction.query("insert into holdpoint.github_pause values (2, '2026-01-01Z', 1)");
      await transaction.query("select 1/0").catch(() => []);
    });
    expect(await codeOf(attempt)).toBe("database-rolled-back never-retry");
    expect(await db.database.query("select * from holdpoint.github_pause")).toEqual([]);
  });

  test("whose connection is lost while it commits says that its end is unknown", async () => {
    const proxy = await startFlakyProxy(db.url);
    const database = await db.open({ url: proxy.url, log: silentLog });
    proxy.cutAt("commit");
    let followed = 0;
    const attempt = database.transaction(async (transaction) => {
      transaction.afterCommit(() => (followed += 1));
      await transaction.query("select 1");
    });
    expect(await codeOf(attempt)).toBe("database-commit-unknown retry-later");
    expect(followed).toBe(0);
    await database.close();
    await proxy.close();
  });

  test("REL-27: two that wait for each other both go through", async () => {
    await db.database.query(
      "insert into holdpoint.github_pause values (11, '2026-01-01Z', 0), (12, '2026-01-01Z', 0)",
    );
    const both = Promise.withResolvers<void>();
    let begun = 0;
    let runs = 0;
    async function addInOrder(first: number, second: number): Promise<void> {
      await db.database.transaction(async (transaction) => {
        runs += 1;
        const add = "update holdpoint.github_pause set strikes = strikes + 1 where installation_id = $1";
        await transaction.query(add, [first]);
        begun += 1;
        if (begun === 2) both.resolve();
        await both.promise;
        await transaction.query(add, [second]);
      });
    }
    await Promise.all([addInOrder(11, 12), addInOrder(12, 11)]);
    const rows = await db.database.query(
      "select strikes from holdpoint.github_pause where installation_id > 10",
    );
    expect(rows).toEqual([{ strikes: 2 }, { strikes: 2 }]);
    expect(runs).toBeGreaterThan(2);
  });

  test("REL-27: one that cannot be serialised runs again, four times in all, and then is a fault", async () => {
    let runs = 0;
    const attempt = db.database.transaction(async (transaction) => {
      runs += 1;
      await transaction.query(raise("40001"));
    });
    expect(await codeOf(attempt)).toBe("database-conflict retry-later");
    expect(runs).toBe(4);
  });
});

describe("a fault", () => {
  test.each([
    ["08006", "database-unavailable retry-later"],
    ["57P01", "database-unavailable retry-later"],
    ["57P03", "database-unavailable retry-later"],
    ["25006", "database-read-only retry-later"],
    ["53100", "database-full retry-later"],
    ["53300", "database-busy retry-later"],
    ["57014", "database-timeout retry-later"],
    ["55P03", "database-timeout retry-later"],
    ["40P01", "database-conflict retry-later"],
    ["42501", "database-permission misconfigured"],
    ["23505", "database-constraint never-retry"],
    ["XX001", "database-damaged never-retry"],
    ["22012", "database-error never-retry"],
  ])("of SQLSTATE %s is %s, and shows no value", async (state, expected) => {
    const attempt = db.database.query(raise(state));
    expect(await codeOf(attempt)).toBe(expected);
    await expect(attempt).rejects.not.toThrow("secret-row-value");
  });

  test("of a server that is not there is told at once, for a later try", async () => {
    const proxy = await startFlakyProxy(db.url);
    await proxy.close();
    expect(await codeOf(db.open({ url: proxy.url, log: silentLog }))).toBe(
      "database-unavailable retry-later",
    );
  });

  test("of a database or a role that is not there is the operator's", async () => {
    const elsewhere = db.url.replace(/holdpoint_test_\w+/, "nowhere");
    expect(await codeOf(db.open({ url: elsewhere }))).toBe("database-missing misconfigured");
  });
});

describe("what a database can do to us", () => {
  test("REL-27: a statement that takes too long is ended by the server", async () => {
    const database = await db.open({ limits: { statement: 100 } });
    expect(await codeOf(database.query("select pg_sleep(5)"))).toBe("database-timeout retry-later");
    expect(await database.query("select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("REL-27: when workers hold all their connections, intake has its own", async () => {
    const work = await db.open({ limits: { connections: 2, connect: 2_000 } });
    const intake = await db.open({ purpose: "intake" });
    const release = Promise.withResolvers<void>();
    const hogs = [1, 2].map(() => work.transaction(() => release.promise));
    expect(await codeOf(work.query("select 1"))).toBe("database-busy retry-later");
    expect(await intake.query("select 1 as one")).toEqual([{ one: 1 }]);
    release.resolve();
    await Promise.all(hogs);
    expect(await work.query("select 1 as one")).toEqual([{ one: 1 }]);
  });

  /**
   * Until so many statements are under way at the server: a slow machine connects late.
   * Asked outside any transaction: inside one, PostgreSQL goes on showing the activity it saw first.
   */
  async function allAtWork(wanted: number): Promise<void> {
    const watcher = await db.open({ limits: { connections: 1 } });
    for (;;) {
      const rows = await watcher.query<{ n: number }>(
        "select count(*)::int as n from pg_stat_activity where query = 'select pg_sleep(15)' and state = 'active'",
      );
      if ((rows[0]?.n ?? 0) >= wanted) return;
    }
  }

  test("REL-26: all sessions terminated during work: faults, no crash, and then it goes on", async () => {
    const database = await db.open({ log: silentLog });
    const busy = Array.from({ length: 8 }, () => codeOf(database.query("select pg_sleep(15)")));
    const inside = codeOf(
      database.transaction(async (transaction) => {
        await transaction.query("insert into holdpoint.github_pause values (21, '2026-01-01Z', 1)");
        await allAtWork(busy.length);
        await terminateAll();
        await transaction.query("select 1");
      }),
    );
    expect(await inside).toBe("database-unavailable retry-later");
    for (const code of await Promise.all(busy)) expect(code).toBe("database-unavailable retry-later");
    expect(await goesOn(database)).toEqual([{ n: 0 }]);
  });

  test("REL-26: idle sessions terminated: nothing is noticed but by the next question, if at all", async () => {
    const database = await db.open({ log: silentLog });
    await Promise.all([1, 2, 3].map(() => database.query("select pg_sleep(0.02)")));
    await terminateAll();
    expect(await goesOn(database)).toEqual([{ n: 0 }]);
  });

  test("REL-26: fail-over to a replica in read-only mode: writes are refused by name until it is over", async () => {
    const database = await db.open({ log: silentLog });
    const write = "insert into holdpoint.github_pause values (22, '2026-01-01Z', 1)";
    await asOwner(alterDatabase("set default_transaction_read_only = on"));
    await terminateAll();
    await goesOn(database);
    expect(await codeOf(database.query(write))).toBe("database-read-only retry-later");
    await withOwnerSession(db.ownerUrl, "arranging a test", async (session) => {
      await session.query("set default_transaction_read_only = off");
      await session.script(alterDatabase("reset default_transaction_read_only"));
    });
    // The session that refused was thrown away, so the next one finds the new primary.
    expect(await codeOf(database.query(write))).toBe("no fault");
  });

  test("REL-25: a half-open connection is found within the time-out, and the next one works", async () => {
    const proxy = await startFlakyProxy(db.url);
    const database = await db.open({
      url: proxy.url,
      log: silentLog,
      limits: { answer: 500, connect: 2_000 },
    });
    await database.query("select 1");
    proxy.freeze();
    const before = performance.now();
    expect(await codeOf(database.query("select 1"))).toBe("database-unavailable retry-later");
    expect(performance.now() - before).toBeLessThan(4_000);
    proxy.thaw();
    expect(await database.query("select 1 as one")).toEqual([{ one: 1 }]);
    await database.close();
    await proxy.close();
  });

  test("the time-outs add up to less than GitHub waits, intake's connection included", () => {
    const { connect, answer, statement } = DATABASE_LIMITS.intake;
    expect(connect + answer).toBeLessThan(9_000);
    expect(statement).toBeLessThan(answer);
    expect(DATABASE_LIMITS.work.statement).toBeLessThan(9_000);
  });
});

test("the database's time is a moment with its zone", async () => {
  const time = await readDatabaseTime(db.database);
  expect(Math.abs(time.getTime() - Date.now())).toBeLessThan(5_000);
});

/** The first question may still meet a session that was ended under it. */
async function goesOn(database: Database): Promise<readonly unknown[]> {
  const question = "select count(*)::int as n from holdpoint.github_pause where installation_id = 21";
  return database.query(question).catch(() => database.query(question));
}
