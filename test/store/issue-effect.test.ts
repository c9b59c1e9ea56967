import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Effect, effectTarget, issueTarget } from "../../src/domain/effect.ts";
import { findEffect, markEffectDone, wishEffects } from "../../src/store/effect.ts";
import {
  findIssueNumber,
  isNewestWish,
  keepIssueNumber,
  listWaitingOnIssue,
  noteIssueBegun,
  whenIssueWasBegun,
} from "../../src/store/issue-effect.ts";
import { retryRefusedEffects } from "../../src/store/refused-effect.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { buildRepository, sha } from "../domain/build-snapshot.ts";

const REPOSITORY = buildRepository();
const { id: repositoryId } = REPOSITORY;
const RED = sha("red");
const AT = new Date("2026-03-02T10:00:00Z");
const TARGET = issueTarget(repositoryId, RED);

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await upsertRepository(db.database, REPOSITORY, AT);
});
beforeEach(async () => {
  await db.database.query("delete from holdpoint.effect");
});
afterAll(() => db.drop());

const ISSUE: Effect = {
  kind: "issue",
  repositoryId,
  firstRed: RED,
  title: "unit red",
  body: "Red.",
  footnote: "",
  labels: [],
  labelsReady: [],
  labelsOff: [],
  state: "open",
};
const on = { kind: "compliance-issue", firstRed: RED } as const;
const NOTE: Effect = { kind: "note", repositoryId, on, key: "expired", body: "Halted." };
const OTHER: Effect = { ...NOTE, key: "other", on: { kind: "compliance-issue", firstRed: sha("other") } };
const NUMBERED: Effect = { ...NOTE, key: "numbered", on: { kind: "number", number: 4 } };

async function wish(...effects: readonly Effect[]): Promise<readonly string[]> {
  return await db.database.transaction((transaction) => wishEffects(transaction, effects, AT));
}
async function finish(refusal: string | null, remoteId: number | null = null): Promise<void> {
  await markEffectDone(db.database, { target: TARGET, revision: 1, remoteId, refusal, at: AT });
}

async function keep(number: number | null, knownBefore: number | null): Promise<"kept" | "rival"> {
  return await db.database.transaction((transaction) =>
    keepIssueNumber(transaction, TARGET, { number, knownBefore }),
  );
}

test("an issue's number is waited for, there, or never to be", async () => {
  const find = () => findIssueNumber(db.database, repositoryId, RED);
  expect(await find()).toEqual({ state: "waiting" });
  await wish(ISSUE);
  expect(await find()).toEqual({ state: "waiting" });
  await finish("410: off");
  expect(await find()).toEqual({ state: "refused", detail: "410: off" });
  await finish(null, 7);
  expect(await find()).toEqual({ state: "there", number: 7 });
});

test("that somebody set out to open it is known until what came of it is", async () => {
  await wish(ISSUE);
  expect(await whenIssueWasBegun(db.database, TARGET)).toBe(null);
  await noteIssueBegun(db.database, TARGET, AT);
  expect(await whenIssueWasBegun(db.database, TARGET)).toEqual(AT);
  expect(await keep(7, null)).toBe("kept");
  expect(await whenIssueWasBegun(db.database, TARGET)).toBe(null);
  expect(await keep(null, 7)).toBe("kept");
  expect(await findIssueNumber(db.database, repositoryId, RED)).toEqual({ state: "there", number: 7 });
});

test("of two that were opened at once the older one is kept, and nothing is done yet", async () => {
  await wish(ISSUE);
  expect(await keep(7, null)).toBe("kept");
  await finish(null);
  expect(await keep(8, null)).toBe("rival");
  expect(await findIssueNumber(db.database, repositoryId, RED)).toEqual({ state: "there", number: 7 });
  expect(await findEffect(db.database, TARGET)).toMatchObject({ revision: 1, doneRevision: 0, remoteId: 7 });
  // The one that was known is gone, and another was opened in its place.
  expect(await keep(9, 7)).toBe("kept");
  expect(await findIssueNumber(db.database, repositoryId, RED)).toEqual({ state: "there", number: 9 });
});

test("another footnote is no reason to write again, another text is", async () => {
  await wish(ISSUE);
  expect(await wish({ ...ISSUE, footnote: "Newest red run: …" })).toEqual([]);
  const isNewest = () => db.database.transaction((transaction) => isNewestWish(transaction, TARGET, 1));
  expect(await isNewest()).toBe(true);
  expect(await wish({ ...ISSUE, body: "Over." })).toEqual([TARGET]);
  expect(await isNewest()).toBe(false);
});

test("what waits for an issue is what is said on that one, and not true yet", async () => {
  await wish(ISSUE, NOTE, OTHER, NUMBERED);
  const waiting = () =>
    db.database.transaction((transaction) => listWaitingOnIssue(transaction, repositoryId, RED));
  expect(await waiting()).toEqual([effectTarget(NOTE)]);
  const done = { target: effectTarget(NOTE), revision: 1, remoteId: 9, refusal: null, at: AT };
  await markEffectDone(db.database, done);
  expect(await waiting()).toEqual([]);
});

test("what was refused lately is tried again when asked for, once, and nothing else", async () => {
  await wish(ISSUE, NOTE);
  await markEffectDone(db.database, {
    target: effectTarget(NOTE),
    revision: 1,
    remoteId: 9,
    refusal: null,
    at: AT,
  });
  await finish("422: no");
  const retry = (at: Date) =>
    db.database.transaction((transaction) => retryRefusedEffects(transaction, repositoryId, at));
  expect(await retry(new Date(AT.getTime() + 8 * 24 * 3_600_000))).toEqual([]);
  expect(await retry(AT)).toEqual([TARGET]);
  expect(await retry(AT)).toEqual([]);
});
