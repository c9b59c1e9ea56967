import { afterEach, beforeEach, expect, test } from "vitest";
import type { JobRequest } from "../../src/queue/jobs.ts";
import { scheduledWork } from "../../src/handlers/scheduled-work.ts";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { loudLog } from "../database/loud-log.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { TAKEN_AT } from "../domain/build-snapshot.ts";

const MANY = 2_500;
let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
  const at = TAKEN_AT.toISOString();
  await withOwnerSession(db.ownerUrl, "making deadlines", (session) =>
    session.script(
      `insert into holdpoint.repository (id, installation_id, owner, name, default_branch, private, archived, updated_at)
       select n, 1, 'acme', 'shop-' || n, 'main', false, false, '${at}' from generate_series(1, ${MANY + 1}) n;
       insert into holdpoint.deadline (key, repository_id, subject, due_at)
       select 'compliance:' || n, n, json_build_object('kind', 'compliance', 'repositoryId', n),
              timestamptz '${at}' + case when n > ${MANY} then interval '1 second' else interval '0' end
         from generate_series(1, ${MANY + 1}) n;`,
    ),
  );
});
afterEach(() => db.drop());

function noAnchor(): Promise<never> {
  return Promise.reject(new Error("no anchor was expected"));
}

function sweep(asked: JobRequest[]): () => Promise<void> {
  const ticks = scheduledWork({
    database: db.database,
    clock: { now: () => TAKEN_AT },
    log: loudLog,
    anchors: { path: "", read: noAnchor, append: noAnchor },
    settings: { keepBodies: 0, keepDeliveries: 0 },
    queue: {
      enqueue(_transaction, jobs) {
        asked.push(...jobs);
        return Promise.resolve();
      },
    },
  });
  const found = ticks.find(({ name }) => name === "deadlines");
  if (found === undefined) throw new Error("deadlines are swept");
  return found.run;
}

test("REL-38: all that fall due in the same minute are asked for in one sweep, each once, whoever sweeps; nothing early", async () => {
  const asked: JobRequest[] = [];
  await Promise.all([sweep(asked)(), sweep(asked)(), sweep(asked)()]);
  expect(new Set(asked.map(({ data }) => JSON.stringify(data))).size).toBe(MANY);
  expect(asked).toHaveLength(MANY);
  const rows = await db.database.query("select key from holdpoint.deadline");
  expect(rows).toEqual([{ key: `compliance:${MANY + 1}` }]);
});
