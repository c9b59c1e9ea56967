import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { BasePermission } from "../../../src/domain/authority/authority.ts";
import { isRepositoryId } from "../../../src/domain/brands.ts";
import type { RepositoryId } from "../../../src/domain/model.ts";
import { answerRequest } from "../../../src/handlers/answer-request.ts";
import { findEffect, markEffectDone, wishEffects } from "../../../src/store/effect.ts";
import { addRequest, findRequest } from "../../../src/store/request.ts";
import { upsertRepository } from "../../../src/store/repository.ts";
import { buildRepository, TAKEN_AT } from "../../domain/build-snapshot.ts";
import { type HandlerTest, openHandlerTest } from "../small-github.ts";

const REPOSITORY = buildRepository();
const NOTE = {
  kind: "note",
  repositoryId: REPOSITORY.id,
  on: { kind: "number", number: 4 },
  key: "one",
  body: "Hello",
} as const;
const TARGET = `note:${REPOSITORY.id}:one`;
/** Nobody may do anything about it here. */
const FOREIGN = buildRepository({ id: foreignId(), name: "foreign" });

let given: HandlerTest;
let permission: BasePermission;
beforeAll(async () => {
  given = await openHandlerTest();
  await upsertRepository(given.db.database, REPOSITORY, TAKEN_AT);
  await upsertRepository(given.db.database, FOREIGN, TAKEN_AT);
});
afterAll(() => given.db.drop());
beforeEach(async () => {
  permission = "write";
  given.asked.splice(0);
  await given.db.database.query("delete from holdpoint.effect");
  await given.db.database.transaction((transaction) =>
    wishEffects(transaction, [NOTE, { ...NOTE, repositoryId: FOREIGN.id }], TAKEN_AT),
  );
});

function foreignId(): RepositoryId {
  const id = 8;
  if (isRepositoryId(id)) return id;
  throw new RangeError("unreachable");
}

async function refusedBy(refusal: string | null): Promise<void> {
  const done = { target: TARGET, revision: 1, remoteId: null, refusal, at: TAKEN_AT };
  await markEffectDone(given.db.database, done);
}

async function retried(target = TARGET) {
  const wish = { kind: "retry-effect", target } as const;
  const asked = { repositoryId: REPOSITORY.id, by: { id: 1, login: "octocat" }, wish, at: TAKEN_AT };
  const requestId = await given.db.database.transaction((transaction) => addRequest(transaction, asked));
  const github = { ...given.dependencies.github, readPermission: () => Promise.resolve(permission) };
  const subject = { kind: "request", repositoryId: REPOSITORY.id, requestId } as const;
  await answerRequest({ ...given.dependencies, github }, subject);
  await answerRequest({ ...given.dependencies, github }, subject);
  return await findRequest(given.db.database, requestId);
}

test("what was refused is tried again, once, and that is on record", async () => {
  await refusedBy("403 Forbidden");
  expect(await retried()).toMatchObject({ state: "done", answer: { code: "retry-effect" } });
  expect(await findEffect(given.db.database, TARGET)).toMatchObject({ revision: 2, doneRevision: 1 });
  expect(given.asked).toEqual([{ kind: "effect", data: { target: TARGET } }]);
  const [row] = await given.db.database.query("select record from holdpoint.audit order by sequence desc");
  expect(row).toMatchObject({
    record: { what: "effect-retried", by: "octocat", kind: "note", target: TARGET },
  });
});

test("what does not come through is tried again", async () => {
  expect(await retried()).toMatchObject({ state: "done" });
});

test.each<readonly [claim: string, target: string, refusal: string | null]>([
  ["what came through", TARGET, null],
  ["what nobody wished for", "note:7:other", "403"],
  ["what another repository wished for", `note:${FOREIGN.id}:one`, "403"],
])("%s is not", async (_, target, refusal) => {
  await refusedBy(refusal);
  expect(await retried(target)).toMatchObject({ state: "refused", answer: { code: "nothing-to-retry" } });
  expect(given.asked).toEqual([]);
});

test("nobody without write access does it", async () => {
  await refusedBy("403 Forbidden");
  permission = "read";
  expect(await retried()).toMatchObject({ state: "refused", answer: { code: "needs-write" } });
  expect(given.asked).toEqual([]);
});
