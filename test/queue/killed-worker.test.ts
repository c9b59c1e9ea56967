import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { QUEUES, SUPERVISE_EVERY } from "../../src/queue/queues.ts";
import { POLL_EVERY } from "../../src/queue/create-queue.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";
import { delivery, handlers, look, openReplica, put } from "./queue-fixture.ts";

const PROGRAM = fileURLToPath(new URL("hang-until-killed.ts", import.meta.url));

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test("a killed worker's job is at work again within 60 s by the settings that hold", () => {
  for (const { heartbeatSeconds = 900, retryDelay = 900, retryBackoff } of Object.values(QUEUES)) {
    expect(retryBackoff).toBe(true);
    // The heartbeat ends, the supervisor passes, the first pause is over (at most twice the delay), a poll finds it.
    expect(heartbeatSeconds + SUPERVISE_EVERY + 2 * retryDelay + POLL_EVERY / 1_000).toBeLessThan(60);
  }
});

test("kill -9 of a worker: others finish its jobs, a look with what was asked for meanwhile", async () => {
  // pg-boss takes no heartbeat below ten seconds; the table does.
  await withOwnerSession(db.ownerUrl, "shortening the heartbeat", (session) =>
    session.script("update pgboss.queue set heartbeat_seconds = 1"),
  );
  const survivor = await openReplica(db, { superviseEvery: 1, pollEvery: 200 });
  await put(db, survivor, delivery("taken along"), look(1));

  const victim = spawn(process.execPath, [PROGRAM, db.url], { stdio: ["ignore", "pipe", "inherit"] });
  let taken = 0;
  for await (const line of createInterface(victim.stdout)) {
    taken += line === "taken" ? 1 : 0;
    if (taken === 2) break;
  }
  const gone = once(victim, "exit");
  victim.kill("SIGKILL");
  await gone;
  expect(await survivor.counts()).toMatchObject({ delivery: { active: 1 }, look: { active: 1 } });

  const done = new Map<string, number>();
  const both = Promise.withResolvers<void>();
  function note(what: string, retries: number): Promise<void> {
    done.set(what, retries);
    if (done.size === 2) both.resolve();
    return Promise.resolve();
  }
  await survivor.work(
    handlers({
      delivery: ({ id }, { retries }) => note(id, retries),
      look: (_, { retries }) => note("look", retries),
    }),
  );
  await put(db, survivor, look(1));
  await both.promise;
  await survivor.idle();
  expect(Object.fromEntries(done)).toEqual({ "taken along": 1, look: 1 });
  expect(await db.database.query("select * from holdpoint.turn")).toEqual([]);
  await survivor.stop(1_000);
}, 40_000);
