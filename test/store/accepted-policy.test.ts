import { afterAll, beforeAll, expect, test } from "vitest";
import {
  acceptPolicy,
  findPolicyGround,
  forgetAcceptedPolicy,
  noteWaitingPolicy,
} from "../../src/store/accepted-policy.ts";
import { addHalt } from "../../src/store/halt.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { buildRepository } from "../domain/build-snapshot.ts";
import { AT } from "../domain/gate/build-gate-facts.ts";

const REPOSITORY = buildRepository();
const { id } = REPOSITORY;
const TEXTS = { text: "mode: enforce", sha: "a", organisationText: null, organisationSha: null };

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test("what open cases and halts stand on is kept, changed and forgotten; a halt binds", async () => {
  expect(await findPolicyGround(db.database, id)).toEqual({ accepted: null, bound: false });
  await upsertRepository(db.database, REPOSITORY, AT);
  expect(await findPolicyGround(db.database, id)).toEqual({ accepted: null, bound: false });
  await acceptPolicy(db.database, id, TEXTS, { by: null, at: AT });
  expect(await findPolicyGround(db.database, id)).toEqual({ accepted: TEXTS, bound: false });
  await db.database.transaction((transaction) =>
    addHalt(transaction, {
      repositoryId: id,
      source: "comment:1",
      environment: null,
      issueNumber: 4,
      because: null,
      by: { id: 9, login: "octocat" },
      beganAt: AT,
    }),
  );
  const looser = { ...TEXTS, text: "mode: observe" };
  await acceptPolicy(db.database, id, looser, { by: "octocat", at: AT });
  expect(await findPolicyGround(db.database, id)).toEqual({ accepted: looser, bound: true });
  await forgetAcceptedPolicy(db.database, id);
  expect(await findPolicyGround(db.database, id)).toEqual({ accepted: null, bound: true });
});

test("what waits to be accepted waits since its own texts were read first", async () => {
  const [one, two] = [{ ...TEXTS, text: "mode: observe" }, null];
  const later = (minutes: number) => new Date(AT.getTime() + minutes * 60_000);
  const waits = (texts: typeof one | null, at: Date) => noteWaitingPolicy(db.database, id, texts, at);
  await upsertRepository(db.database, REPOSITORY, AT);
  await acceptPolicy(db.database, id, TEXTS, { by: null, at: AT });
  expect(await waits(one, later(1))).toEqual(later(1));
  expect(await waits({ ...one, sha: "b" }, later(2))).toEqual(later(1));
  expect(await waits(two, later(3))).toEqual(later(3));
  expect(await waits(two, later(4))).toEqual(later(3));
  expect(await waits(one, later(5))).toEqual(later(5));
  await acceptPolicy(db.database, id, one, { by: "octocat", at: later(6) });
  expect(await waits(one, later(7))).toEqual(later(7));
});
