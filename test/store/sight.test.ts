import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parkJob } from "../../src/queue/parked.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { listStaleSubjects } from "../../src/store/sight.ts";
import { beginLook, saveLook } from "../../src/store/subject.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { buildRepository, HEAD } from "../domain/build-snapshot.ts";
import { AT, hours } from "../domain/gate/build-gate-facts.ts";

const { id: repositoryId } = buildRepository();
const DEPLOY = { kind: "deploy", repositoryId } as const;

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await upsertRepository(db.database, buildRepository(), AT);
});
afterAll(() => db.drop());
beforeEach(async () => {
  for (const table of ["parked_job", "subject"]) await db.database.query(`delete from holdpoint.${table}`);
});

async function lookedAt(at: Date): Promise<void> {
  const look = await beginLook(db.database, DEPLOY);
  if (look === null) throw new Error("the repository is known");
  const nothing = { verdict: null, lookAgainAt: null, tickets: [], closed: false };
  await db.database.transaction((transaction) => saveLook(transaction, look, { ...nothing, head: HEAD, at }));
}

async function givenUp(parkedAt: Date, retries = 7): Promise<void> {
  const data = { subject: DEPLOY, because: "a push" };
  const job = { id: randomUUID(), kind: "look", key: `deploy:${repositoryId}`, data } as const;
  await db.database.transaction((transaction) =>
    parkJob(transaction, { ...job, retries, lastError: "GitHub answered with status 500", parkedAt }),
  );
}

describe("an open subject is looked at again", () => {
  const before = { any: hours(-6), withTickets: null, givenUp: hours(2) };

  test("when that was long ago", async () => {
    await lookedAt(hours(-7));
    expect(await listStaleSubjects(db.database, repositoryId, before)).toEqual([DEPLOY]);
    await lookedAt(hours(-5));
    expect(await listStaleSubjects(db.database, repositoryId, before)).toEqual([]);
  });

  test("when a look since then was given up some time ago", async () => {
    await lookedAt(AT);
    await givenUp(hours(1));
    expect(await listStaleSubjects(db.database, repositoryId, before)).toEqual([DEPLOY]);
    await givenUp(hours(3));
    expect(await listStaleSubjects(db.database, repositoryId, before)).toEqual([]);
    await givenUp(hours(-1));
    expect(await listStaleSubjects(db.database, repositoryId, before)).toEqual([]);
  });

  test("but not soon when it was given up at once: a permission is missing", async () => {
    await lookedAt(AT);
    await givenUp(hours(1), 0);
    expect(await listStaleSubjects(db.database, repositoryId, before)).toEqual([]);
  });
});
