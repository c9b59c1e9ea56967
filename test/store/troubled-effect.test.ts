import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { isRepositoryId } from "../../src/domain/brands.ts";
import type { RepositoryId } from "../../src/domain/model.ts";
import { markEffectDone, noteEffectAnswer, wishEffects } from "../../src/store/effect.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { listTroubledEffects } from "../../src/store/troubled-effect.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { buildRepository, sha } from "../domain/build-snapshot.ts";

const AT = new Date("2026-05-05T10:00:00Z");
const repository = buildRepository();
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
  await upsertRepository(db.database, repository, AT);
});
beforeEach(() => db.database.query("delete from holdpoint.effect"));
afterAll(() => db.drop());

function ago(seconds: number): Date {
  return new Date(AT.getTime() - seconds * 1_000);
}

async function wish(at: Date): Promise<string> {
  const effect = {
    kind: "status",
    repositoryId: repository.id,
    sha: sha("head"),
    context: "holdpoint/gate",
    state: "success",
    description: "",
    targetUrl: null,
  } as const;
  const [target = ""] = await db.database.transaction((transaction) =>
    wishEffects(transaction, [effect], at),
  );
  return target;
}

async function seen(ids: readonly RepositoryId[] = [repository.id]): Promise<readonly string[]> {
  const found = await listTroubledEffects(db.database, ids, AT, 10);
  return found.map(({ state, tries, answer }) => `${state} ${tries} ${answer}`);
}

async function finish(target: string, refusal: string | null): Promise<void> {
  await markEffectDone(db.database, { target, revision: 1, remoteId: null, refusal, at: AT });
}

test.each([
  ["what is on its way is no trouble", 59, null, []],
  ["what is not there after a minute is", 60, null, ["waiting 0 null"]],
  ["what had a bad answer is, however young", 1, "503", ["waiting 1 503"]],
])("%s", async (_, seconds, answer, expected) => {
  const target = await wish(ago(seconds));
  if (answer !== null) await noteEffectAnswer(db.database, target, answer);
  expect(await seen()).toEqual(expected);
});

test("what came through is no trouble any more, whatever was said before", async () => {
  const target = await wish(ago(100));
  await noteEffectAnswer(db.database, target, "503");
  await finish(target, null);
  expect(await seen()).toEqual([]);
});

test("what was refused for good is trouble for a week", async () => {
  await finish(await wish(ago(7 * 86_400 - 1)), "422");
  expect(await seen()).toEqual(["refused 1 422"]);
  await db.database.query("update holdpoint.effect set updated_at = $1", [ago(7 * 86_400)]);
  expect(await seen()).toEqual([]);
});

test("nothing of another repository is listed", async () => {
  await finish(await wish(ago(100)), "422");
  const other = 99;
  if (!isRepositoryId(other)) throw new RangeError("unreachable");
  expect(await seen([other])).toEqual([]);
  expect(await seen([])).toEqual([]);
});
