import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ComplianceCase } from "../../src/domain/compliance/case.ts";
import { openNewCase } from "../../src/domain/compliance/open-case.ts";
import {
  endCase,
  extendCase,
  listCasesOfIssue,
  listEndedCases,
  listOpenCases,
  markWarned,
  openCase,
  saveCase,
} from "../../src/store/compliance-case.ts";
import { findDeadline } from "../../src/store/deadline.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { buildRepository, sha } from "../domain/build-snapshot.ts";
import { buildRun } from "../domain/compliance/build-case.ts";
import { HOUR, START, after, buildCheck } from "../domain/compliance/case-history.ts";

const REPOSITORY = buildRepository();
const FIRST_RED = sha("commit 2");
const BY_HAND = { as: "by-hand", by: "octocat", because: "retired", url: null, sha: null } as const;
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await upsertRepository(db.database, REPOSITORY, START);
});
afterAll(() => db.drop());
beforeEach(() => db.database.query("delete from holdpoint.compliance_case"));

function newCase(name: string) {
  const run = buildRun({ at: new Date(START.getTime() + 123) });
  return openNewCase({
    repositoryId: REPOSITORY.id,
    check: buildCheck({ environments: ["production"], owners: ["@acme/server"], verifyGrace: HOUR }),
    streak: { key: `["status","${name}"]`, name, source: { kind: "status" } },
    red: {
      state: "red",
      firstRed: run,
      newestRed: run,
      reds: 1,
      confirmedRed: run,
      lastGreen: sha("commit 1"),
      newerIsRunning: false,
    },
    confirmedRed: run,
    watchedSince: after(-HOUR),
  });
}

async function open(name = "long"): Promise<ComplianceCase> {
  const kept = await db.database.transaction((transaction) => openCase(transaction, newCase(name)));
  if (kept === null) throw new Error("the check has a case");
  return kept;
}

function save(given: ComplianceCase) {
  return db.database.transaction((transaction) => saveCase(transaction, given));
}

describe("a case", () => {
  test("is read as it was kept, to the millisecond", async () => {
    const kept = await open();
    expect(kept).toMatchObject({ ...newCase("long"), version: 1, warnedAt: null, deadline: null, end: null });
    const changed: ComplianceCase = {
      ...kept,
      newestRed: buildRun({ sha: sha("commit 3"), url: null }),
      reds: 2,
      warnedAt: after(1),
      remindedAt: after(2),
      deadline: after(3),
      verifyUntil: after(4),
      unverifiedSince: after(5),
      expiredAt: after(6),
      end: { as: "green", at: after(7), by: null, because: null, url: "u", sha: sha("commit 4") },
    };
    expect(await save(changed)).toBe("saved");
    expect(await listCasesOfIssue(db.database, REPOSITORY.id, FIRST_RED)).toEqual([
      { ...changed, version: 2 },
    ]);
  });

  test("I1: of one check is open once, however many open it at once", async () => {
    const tries = Array.from({ length: 5 }, () =>
      db.database.transaction((transaction) => openCase(transaction, newCase("long"))),
    );
    const kept = await Promise.all(tries);
    expect(kept.filter((one) => one !== null)).toHaveLength(1);
  });

  test("REL-24: that was changed since it was read is not overwritten", async () => {
    const read = await open();
    expect(await save({ ...read, reds: 2 })).toBe("saved");
    expect(await save({ ...read, reds: 7 })).toBe("superseded");
    expect(await listOpenCases(db.database, REPOSITORY.id)).toMatchObject([{ reds: 2, version: 2 }]);
  });

  test("ends once; then another of the same check may open", async () => {
    const { id } = await open();
    const end = () =>
      db.database.transaction((transaction) => endCase(transaction, id, { ...BY_HAND, at: START }));
    expect([await end(), await end()]).toEqual([true, false]);
    await open();
    expect(await listOpenCases(db.database, REPOSITORY.id)).toHaveLength(1);
    expect(await listEndedCases(db.database, REPOSITORY.id)).toMatchObject([{ id, end: { by: "octocat" } }]);
  });

  test("of those that ended the newest of each check is listed", async () => {
    for (const [name, hours] of [
      ["long", 1],
      ["long", 3],
      ["other", 2],
    ] as const) {
      const { id } = await open(name);
      await db.database.transaction((transaction) =>
        endCase(transaction, id, { ...BY_HAND, at: after(hours * HOUR) }),
      );
    }
    const ended = await listEndedCases(db.database, REPOSITORY.id);
    expect(ended.map(({ name, end }) => [name, end?.at])).toEqual([
      ["long", after(3 * HOUR)],
      ["other", after(2 * HOUR)],
    ]);
  });

  test("is extended while it is open, not after it has expired", async () => {
    const one = await open();
    const extend = () =>
      db.database.transaction((transaction) => extendCase(transaction, one.id, after(90 * HOUR)));
    expect(await extend()).toBe(true);
    const [extended] = await listOpenCases(db.database, REPOSITORY.id);
    expect(extended?.deadline).toEqual(after(90 * HOUR));
    await save({ ...one, version: 2, expiredAt: after(91 * HOUR) });
    expect(await extend()).toBe(false);
  });
});

describe("the first warning", () => {
  const warn = (at: Date) =>
    db.database.transaction((transaction) => markWarned(transaction, REPOSITORY.id, FIRST_RED, at));

  test("is kept once for every case of the issue, and wakes a look at once", async () => {
    await open("one");
    await open("two");
    await warn(after(HOUR));
    await warn(after(5 * HOUR));
    const cases = await listOpenCases(db.database, REPOSITORY.id);
    expect(cases.map(({ warnedAt }) => warnedAt)).toEqual([after(HOUR), after(HOUR)]);
    expect(await findDeadline(db.database, "compliance:7")).toEqual(after(HOUR));
  });

  test("of a case that has ended is none", async () => {
    const { id } = await open();
    await db.database.transaction((transaction) => endCase(transaction, id, { ...BY_HAND, at: START }));
    await warn(after(HOUR));
    const [ended] = await listEndedCases(db.database, REPOSITORY.id);
    expect(ended?.warnedAt).toBeNull();
  });
});
