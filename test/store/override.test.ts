import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addHalt, endHalt, listHalts, listHaltsOnIssue } from "../../src/store/halt.ts";
import { findIssueCursor, moveIssueCursor, standsSomething } from "../../src/store/issue-cursor.ts";
import {
  addOverride,
  endOverride,
  giveReason,
  isReasonAwaited,
  listOverrides,
  listOverridesOnIssue,
  type NewOverride,
} from "../../src/store/override.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { addRollbackPermit, listRollbackPermits } from "../../src/store/rollback-permit.ts";
import { listIssuesOfConcern } from "../../src/store/sight.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { buildRepository, sha } from "../domain/build-snapshot.ts";
import { AT, caseId, hours } from "../domain/gate/build-gate-facts.ts";

const { id: repositoryId } = buildRepository();
const BY = { id: 9, login: "octocat" };

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  for (const table of ["halt", "override", "rollback_permit", "issue_cursor"]) {
    await db.database.query(`delete from holdpoint.${table}`);
  }
  await upsertRepository(db.database, buildRepository(), AT);
});

function wanted(changes: Partial<NewOverride> = {}): NewOverride {
  return {
    repositoryId,
    source: "comment:6",
    scope: { kind: "cases", caseIds: [caseId(1), caseId(2)], environment: null },
    because: "the till is down",
    beganAt: AT,
    endsAt: hours(4),
    issueNumber: 4,
    by: BY,
    awaitsReason: false,
    ...changes,
  };
}

function add(changes: Partial<NewOverride> = {}): ReturnType<typeof addOverride> {
  return db.database.transaction((transaction) => addOverride(transaction, wanted(changes)));
}

async function inForce(at: Date): Promise<readonly string[]> {
  return (await listOverrides(db.database, repositoryId, at)).map(({ source }) => source);
}

describe("overrides", () => {
  test("are kept as they were said, of cases and of reasons", async () => {
    const reasons = {
      kind: "reasons",
      environment: "production",
      sha: sha("head"),
      codes: ["halt"],
    } as const;
    await add();
    await add({ source: "comment:7", scope: reasons });
    const [cases, others] = await listOverrides(db.database, repositoryId, AT);
    expect(cases).toMatchObject({
      ...wanted({}),
      by: "octocat",
      byId: 9,
      endedAt: null,
      scope: { kind: "cases", caseIds: [1, 2], environment: null },
    });
    expect(others?.scope).toEqual(reasons);
  });

  test("REL-63: one source is one override", async () => {
    expect(await add()).not.toBeNull();
    expect(await add({ by: { id: 10, login: "monalisa" } })).toBeNull();
    expect(await inForce(AT)).toEqual(["comment:6"]);
  });

  test("are in force from their beginning until their end, which is over", async () => {
    await add();
    expect(await inForce(hours(-1))).toEqual([]);
    expect(await inForce(AT)).toEqual(["comment:6"]);
    expect(await inForce(new Date(hours(4).getTime() - 1))).toEqual(["comment:6"]);
    expect(await inForce(hours(4))).toEqual([]);
  });

  test("end once", async () => {
    await add();
    const end = (): Promise<boolean> =>
      db.database.transaction((transaction) =>
        endOverride(transaction, { repositoryId, source: "comment:6" }, { at: hours(1), by: "octocat" }),
      );
    expect(await end()).toBe(true);
    expect(await end()).toBe(false);
    expect(await inForce(hours(1))).toEqual([]);
    expect(await listOverridesOnIssue(db.database, repositoryId, 4)).toEqual([]);
  });

  test("that wait for a reason are not in force before it, and last from then on", async () => {
    const added = await add({ because: null, awaitsReason: true });
    expect(await inForce(AT)).toEqual([]);
    expect(await isReasonAwaited(db.database, repositoryId, 4)).toBe(true);
    await db.database.transaction((transaction) =>
      giveReason(transaction, added?.id ?? 0, { because: "the till", beganAt: hours(2), endsAt: hours(9) }),
    );
    expect(await isReasonAwaited(db.database, repositoryId, 4)).toBe(false);
    expect(await listOverrides(db.database, repositoryId, hours(5))).toMatchObject([
      { because: "the till", beganAt: hours(2), endsAt: hours(9) },
    ]);
  });

  test("that are in force already only get their reason, the first one", async () => {
    const added = await add({ because: null });
    for (const because of ["the till", "another"]) {
      await db.database.transaction((transaction) =>
        giveReason(transaction, added?.id ?? 0, { because, beganAt: hours(2), endsAt: hours(9) }),
      );
    }
    expect(await listOverrides(db.database, repositoryId, AT)).toMatchObject([
      { because: "the till", beganAt: AT, endsAt: hours(4) },
    ]);
  });
});

describe("halts", () => {
  function halt(source: string, issueNumber: number | null = 4): Promise<unknown> {
    const given = {
      repositoryId,
      source,
      environment: null,
      issueNumber,
      because: null,
      by: BY,
      beganAt: AT,
    };
    return db.database.transaction((transaction) => addHalt(transaction, given));
  }

  test("are kept once for each source, and end once", async () => {
    expect(await halt("comment:1")).toMatchObject({ by: "octocat", byId: 9, issueNumber: 4 });
    expect(await halt("comment:1")).toBeNull();
    await halt("comment:2", 5);
    expect((await listHaltsOnIssue(db.database, repositoryId, 4)).map(({ source }) => source)).toEqual([
      "comment:1",
    ]);
    const end = (): Promise<boolean> =>
      db.database.transaction((transaction) =>
        endHalt(transaction, { repositoryId, source: "comment:1" }, { at: hours(1), by: "octocat" }),
      );
    expect([await end(), await end()]).toEqual([true, false]);
    expect((await listHalts(db.database, repositoryId)).map(({ source }) => source)).toEqual(["comment:2"]);
  });

  test("stand on their issue", async () => {
    await halt("comment:1");
    expect(await standsSomething(db.database, repositoryId, 4)).toBe(true);
    expect(await standsSomething(db.database, repositoryId, 5)).toBe(false);
  });

  test("of the cockpit stand on no issue, and have none looked at", async () => {
    await halt("comment:1");
    await halt("request:1", null);
    expect(await listIssuesOfConcern(db.database, repositoryId)).toEqual(new Set([4]));
  });
});

test("a permit to roll back counts from its beginning until its end, once for each source", async () => {
  const permit = {
    repositoryId,
    source: "comment:8",
    environment: "production",
    sha: sha("old"),
    because: "the till is down",
    by: BY,
    beganAt: AT,
    endsAt: hours(1),
  };
  const allow = (): Promise<boolean> =>
    db.database.transaction((transaction) => addRollbackPermit(transaction, permit));
  expect([await allow(), await allow()]).toEqual([true, false]);
  const at = async (moment: Date): Promise<number> =>
    (await listRollbackPermits(db.database, repositoryId, moment)).length;
  expect([await at(hours(-1)), await at(AT), await at(hours(1))]).toEqual([0, 1, 0]);
});

test("a cursor never goes back", async () => {
  expect(await findIssueCursor(db.database, repositoryId, 4)).toBeNull();
  for (const id of [7, 5, 9]) {
    await db.database.transaction((transaction) => moveIssueCursor(transaction, repositoryId, 4, id));
  }
  expect(await findIssueCursor(db.database, repositoryId, 4)).toBe(9);
});
