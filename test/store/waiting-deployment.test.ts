import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isCommitSha } from "../../src/domain/brands.ts";
import {
  listAnsweredJobs,
  listWaitingJobs,
  noteAnswered,
  noteStillWaiting,
  noteWaitingDeployment,
} from "../../src/store/waiting-deployment.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { buildRepository, sha } from "../domain/build-snapshot.ts";

const AT = new Date("2026-05-05T10:00:00Z");
const LATER = new Date("2026-05-05T10:10:00Z");
const ENDS = new Date("2026-05-05T10:30:00Z");
const repository = buildRepository();

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await upsertRepository(db.database, repository, AT);
});
beforeEach(() => db.database.query("delete from holdpoint.waiting_deployment"));
afterAll(() => db.drop());

const JOB = { repositoryId: repository.id, runId: 30_433_642, environment: "production" };

function ask(askedAt: Date, changes: { runId?: number; environment?: string } = {}): Promise<void> {
  const asked = { ...JOB, sha: sha("a"), callbackUrl: "https://api.github.com/x", askedAt, ...changes };
  return db.database.transaction((transaction) => noteWaitingDeployment(transaction, asked));
}

function waiting() {
  return listWaitingJobs(db.database, repository.id);
}

describe("jobs that wait", () => {
  test("are kept with all that an answer needs, in the order they asked", async () => {
    await ask(LATER, { environment: "staging" });
    await ask(AT);
    const both = await waiting();
    expect(both.map(({ environment }) => environment)).toEqual(["production", "staging"]);
    expect(both[0]).toEqual({
      runId: 30_433_642,
      environment: "production",
      sha: sha("a"),
      callbackUrl: "https://api.github.com/x",
      askedAt: AT,
      asks: 1,
      endsAt: null,
      reports: 0,
    });
    expect(isCommitSha(both[0]?.sha ?? "")).toBe(true);
  });

  test("that ask twice wait once, from the first time", async () => {
    await ask(AT);
    const job = { ...JOB, asks: 1 };
    await db.database.transaction((transaction) =>
      noteStillWaiting(transaction, job, { endsAt: ENDS, reports: 2 }),
    );
    await ask(LATER);
    expect(await waiting()).toMatchObject([{ askedAt: AT, asks: 1, endsAt: ENDS, reports: 2 }]);
  });

  test("that ask after an answer wait anew", async () => {
    await ask(AT);
    await db.database.transaction((transaction) =>
      noteAnswered(transaction, { ...JOB, asks: 1 }, "rejected", LATER),
    );
    expect(await waiting()).toEqual([]);
    expect(await listAnsweredJobs(db.database, repository.id, [JOB.runId, 1])).toEqual([
      { runId: JOB.runId, environment: "production", answeredAt: LATER },
    ]);
    await ask(ENDS);
    expect(await waiting()).toMatchObject([{ askedAt: ENDS, asks: 2, endsAt: null, reports: 0 }]);
  });

  test("are answered once, and an answer to an older question is none", async () => {
    await ask(AT);
    const answer = (asks: number) =>
      db.database.transaction((transaction) =>
        noteAnswered(transaction, { ...JOB, asks }, "approved", LATER),
      );
    expect(await answer(1)).toBe(true);
    expect(await answer(1)).toBe(false);
    await ask(ENDS);
    expect(await answer(1)).toBe(false);
    expect(
      await db.database.transaction((transaction) =>
        noteStillWaiting(transaction, { ...JOB, asks: 1 }, { endsAt: ENDS, reports: 1 }),
      ),
    ).toBe(false);
    expect(await answer(2)).toBe(true);
  });
});
