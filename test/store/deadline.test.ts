import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isRepositoryId } from "../../src/domain/brands.ts";
import type { RepositoryId } from "../../src/domain/model.ts";
import {
  complianceDeadline,
  dropDeadline,
  findDeadline,
  hastenDeadline,
  setDeadline,
  takeDueDeadlines,
} from "../../src/store/deadline.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { TAKEN_AT, buildRepository } from "../domain/build-snapshot.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  for (const id of [1, 2, 3])
    await upsertRepository(db.database, buildRepository({ id: repository(id) }), TAKEN_AT);
});
afterAll(() => db.drop());
beforeEach(() => db.database.query("delete from holdpoint.deadline"));

function repository(id: number): RepositoryId {
  if (!isRepositoryId(id)) throw new Error("ids count from 1");
  return id;
}

function at(seconds: number): Date {
  return new Date(TAKEN_AT.getTime() + seconds * 1_000);
}

async function set(id: number, seconds: number): Promise<void> {
  await db.database.transaction((transaction) =>
    setDeadline(transaction, complianceDeadline(repository(id), at(seconds))),
  );
}

function take(seconds: number, limit = 10) {
  return db.database.transaction((transaction) => takeDueDeadlines(transaction, at(seconds), limit));
}

function compliance(id: number) {
  return { kind: "compliance", repositoryId: id };
}

describe("deadlines", () => {
  test("REL-32: are taken when they are due, and not a millisecond before", async () => {
    await set(1, 60);
    expect(await take(59.999)).toEqual([]);
    expect(await take(60)).toEqual([compliance(1)]);
    expect(await take(60)).toEqual([]);
  });

  test("of one repository are one row: setting it anew moves it", async () => {
    await set(1, 60);
    await set(1, 120);
    expect(await findDeadline(db.database, "compliance:1")).toEqual(at(120));
    expect(await take(100)).toEqual([]);
  });

  test("may be hastened, never put off that way", async () => {
    await set(1, 60);
    for (const seconds of [90, 30]) {
      await db.database.transaction((transaction) =>
        hastenDeadline(transaction, complianceDeadline(repository(1), at(seconds))),
      );
    }
    expect(await findDeadline(db.database, "compliance:1")).toEqual(at(30));
  });

  test("that were dropped never come", async () => {
    await set(1, 60);
    await db.database.transaction((transaction) => dropDeadline(transaction, "compliance:1"));
    expect(await take(100)).toEqual([]);
  });

  test("REL-34: each is taken once, by whichever replica comes first, longest due first", async () => {
    for (const id of [1, 2, 3]) await set(id, 60 - id);
    const taken = await Promise.all([take(60, 1), take(60, 1), take(60, 1), take(60, 1)]);
    expect(
      taken.flat().toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)),
    ).toEqual([compliance(1), compliance(2), compliance(3)]);
    for (const id of [1, 2, 3]) await set(id, 60 - id);
    expect(await take(60, 1)).toEqual([compliance(3)]);
  });

  test("whose transaction fails are still there", async () => {
    await set(1, 60);
    const failing = db.database.transaction(async (transaction) => {
      await takeDueDeadlines(transaction, at(60), 10);
      throw new Error("killed");
    });
    await expect(failing).rejects.toThrow("killed");
    expect(await take(60)).toEqual([compliance(1)]);
  });

  test("REL-35: are moments, whatever the time zone of the session", async () => {
    await set(1, 60);
    const due = await db.database.transaction(async (transaction) => {
      await transaction.query("set local time zone 'Pacific/Kiritimati'");
      return [
        await takeDueDeadlines(transaction, at(59), 10),
        await takeDueDeadlines(transaction, at(60), 10),
      ];
    });
    expect(due).toEqual([[], [compliance(1)]]);
  });
});
