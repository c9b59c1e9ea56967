import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { subjectKey } from "../../src/domain/subject.ts";
import { neededLooks } from "../../src/ingress/needed-looks.ts";
import { addHalt } from "../../src/store/halt.ts";
import { addOverride } from "../../src/store/override.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { keepWatch } from "../../src/store/watch.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { buildRepository } from "../domain/build-snapshot.ts";

const AT = new Date("2026-03-04T05:06:07Z");
const LATER = new Date("2026-03-05T05:06:07Z");
const REPOSITORY = buildRepository();
const { id: repositoryId } = REPOSITORY;
const BY = { id: 9, login: "octocat" };

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  for (const table of ["halt", "override", "watch"]) {
    await db.database.query(`delete from holdpoint.${table}`);
  }
  await upsertRepository(db.database, REPOSITORY, AT);
  const watch = {
    governed: true,
    trunk: "main",
    deployBranch: "main",
    baseBranches: [],
    baseEnvironments: [],
    requiredChecks: false,
    deferredChecks: true,
    labels: ["deferred-compliance", "deploy-halt", "halt-override"],
  };
  await keepWatch(db.database, repositoryId, watch, AT);
});

async function needed(
  event:
    | { kind: "issue-changed"; number: number; label: string | null }
    | { kind: "comment-made"; issueNumber: number; commentId: number; command: boolean },
): Promise<readonly string[]> {
  const looks = await db.database.transaction((transaction) =>
    neededLooks(transaction, { ...event, repository: REPOSITORY }),
  );
  return looks.map(subjectKey);
}

const ISSUE = [`issue:${repositoryId}:4`];
const COMMENT = [`comment:${repositoryId}:33`];

async function halt(): Promise<void> {
  await db.database.transaction((transaction) =>
    addHalt(transaction, {
      repositoryId,
      source: "comment:1",
      environment: null,
      issueNumber: 4,
      because: null,
      by: BY,
      beganAt: AT,
    }),
  );
}

async function lift(because: string | null): Promise<void> {
  await db.database.transaction((transaction) =>
    addOverride(transaction, {
      repositoryId,
      source: "label-event:5",
      scope: { kind: "cases", caseIds: [], environment: null },
      because,
      beganAt: AT,
      endsAt: LATER,
      issueNumber: 4,
      by: BY,
      awaitsReason: false,
    }),
  );
}

test.each([
  ["a label that means something, in any case", "Deploy-Halt", ISSUE],
  ["a label that means nothing", "bug", []],
  ["anything else", null, []],
])("where nothing stands on an issue: %s", async (_, label, looks) => {
  expect(await needed({ kind: "issue-changed", number: 4, label })).toEqual(looks);
});

test.each([["bug"], [null]])("where a halt stands on it everything is looked at: %s", async (label) => {
  await halt();
  expect(await needed({ kind: "issue-changed", number: 4, label })).toEqual(ISSUE);
  expect(await needed({ kind: "issue-changed", number: 5, label })).toEqual([]);
});

test("where nobody knows which labels mean something, all do", async () => {
  await db.database.query("delete from holdpoint.watch");
  expect(await needed({ kind: "issue-changed", number: 4, label: "bug" })).toEqual(ISSUE);
});

test("a comment without a command is read only where somebody owes a reason", async () => {
  const plain = { kind: "comment-made", issueNumber: 4, commentId: 33, command: false } as const;
  expect(await needed(plain)).toEqual([]);
  expect(await needed({ ...plain, command: true })).toEqual(COMMENT);
  await lift("the till is down");
  expect(await needed(plain)).toEqual([]);
  await db.database.query("update holdpoint.override set because = null");
  expect(await needed(plain)).toEqual(COMMENT);
});
