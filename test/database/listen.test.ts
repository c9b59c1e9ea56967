import { afterAll, beforeAll, expect, test } from "vitest";
import { listen } from "../../src/database/listen.ts";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { startFlakyProxy } from "./flaky-proxy.ts";
import { type TestDatabase, createTestDatabase } from "./harness.ts";
import { silentLog } from "./loud-log.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

/** Values as they come, one after the other. */
function createMailbox(): { readonly put: (value: string) => void; readonly take: () => Promise<string> } {
  const values: string[] = [];
  let waiting: ((value: string) => void) | null = null;
  return {
    put(value) {
      if (waiting === null) values.push(value);
      else waiting(value);
      waiting = null;
    },
    take: () =>
      new Promise((resolve) => {
        const value = values.shift();
        if (value === undefined) waiting = resolve;
        else resolve(value);
      }),
  };
}

async function startListening(url: string): Promise<{
  readonly take: () => Promise<string>;
  readonly close: () => Promise<void>;
}> {
  const mailbox = createMailbox();
  const listener = await listen({
    url,
    channel: "a_test",
    onMessage: mailbox.put,
    onConnect: () => mailbox.put("(connected)"),
    log: silentLog,
    heartbeat: { every: 100, within: 200 },
  });
  return { take: mailbox.take, close: listener.close };
}

function tell(message: string): Promise<unknown> {
  return db.database.query("select pg_notify('a_test', $1)", [message]);
}

test("a listener hears what is committed", async () => {
  const { take, close } = await startListening(db.url);
  expect(await take()).toBe("(connected)");
  await tell("first");
  await tell("second");
  expect([await take(), await take()]).toEqual(["first", "second"]);
  await close();
});

test("REL-26: a listener whose session is terminated listens again, and says so", async () => {
  const { take, close } = await startListening(db.url);
  expect(await take()).toBe("(connected)");
  await withOwnerSession(db.ownerUrl, "terminating", (session) =>
    session.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'holdpoint listener'",
    ),
  );
  expect(await take()).toBe("(connected)");
  await tell("afterwards");
  expect(await take()).toBe("afterwards");
  await close();
});

test("REL-25: a listener on a half-open connection finds out by itself and listens again", async () => {
  const proxy = await startFlakyProxy(db.url);
  const { take, close } = await startListening(proxy.url);
  expect(await take()).toBe("(connected)");
  proxy.freeze();
  await tell("never heard");
  const again = take();
  await expect.poll(() => proxy.connections(), { interval: 10 }).toBeGreaterThan(1);
  proxy.thaw();
  expect(await again).toBe("(connected)");
  await tell("afterwards");
  expect(await take()).toBe("afterwards");
  await close();
  await proxy.close();
});

test("a listener that cannot connect at first goes on trying, and can be closed meanwhile", async () => {
  const proxy = await startFlakyProxy(db.url);
  await proxy.close();
  const { close } = await startListening(proxy.url);
  await close();
  expect(await db.database.query("select 1 as one")).toEqual([{ one: 1 }]);
});
