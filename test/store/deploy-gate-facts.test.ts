import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isRepositoryId } from "../../src/domain/brands.ts";
import type { RepositoryFacts } from "../../src/domain/model.ts";
import { parkJob } from "../../src/queue/parked.ts";
import { listDeployGateFacts } from "../../src/store/deploy-gate-facts.ts";
import { noteDeploy } from "../../src/store/deploy.ts";
import { showJudgement } from "../../src/store/judgement.ts";
import { findLiveSince } from "../../src/store/live-since.ts";
import { markReconciled, upsertRepository } from "../../src/store/repository.ts";
import { beginLook, saveLook } from "../../src/store/subject.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { BASE, buildRepository, HEAD, sha } from "../domain/build-snapshot.ts";
import { AT, buildJudgement, hours } from "../domain/gate/build-gate-facts.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

async function repository(id: number, changes: Partial<RepositoryFacts> = {}): Promise<RepositoryFacts> {
  if (!isRepositoryId(id)) throw new Error("ids count from 1");
  const facts = buildRepository({ id, name: `shop-${id}`, ...changes });
  await upsertRepository(db.database, facts, AT);
  return facts;
}

test("one query gives the gates of many repositories, each of its own head", async () => {
  const judged = await repository(1);
  const look = await beginLook(db.database, { kind: "deploy", repositoryId: judged.id });
  if (look === null) throw new Error("the repository is known");
  await db.database.transaction(async (transaction) => {
    const nothing = { verdict: null, lookAgainAt: null, tickets: [], closed: false };
    await saveLook(transaction, look, { ...nothing, head: HEAD, at: AT });
    await showJudgement(transaction, judged.id, buildJudgement());
    await showJudgement(transaction, judged.id, buildJudgement({ sha: BASE, readAt: hours(1) }));
  });
  await markReconciled(db.database, judged.id, hours(2));
  const never = await repository(2);
  const archived = await repository(3, { archived: true });
  const found = await listDeployGateFacts(db.database, [judged.id, never.id, archived.id], AT);
  expect(new Set(found.keys())).toEqual(new Set([judged.id, never.id]));
  const policyKey: unknown = expect.stringMatching(/^1 /);
  expect(found.get(judged.id)).toEqual({
    repository: judged,
    policyKey,
    judgements: [buildJudgement()],
    cases: [],
    halts: [],
    overrides: [],
    rollbacks: [],
    head: HEAD,
    lookedAt: AT,
    lookFailed: false,
    reconciledAt: hours(2),
    waitingSince: null,
  });
  expect(found.get(never.id)).toMatchObject({
    head: null,
    lookedAt: null,
    reconciledAt: null,
    judgements: [],
  });
  expect(await listDeployGateFacts(db.database, [], AT)).toEqual(new Map());
});

test("where the policy names no environments, the head is what shows the gate", async () => {
  const { id } = await repository(4);
  const look = await beginLook(db.database, { kind: "deploy", repositoryId: id });
  if (look === null) throw new Error("the repository is known");
  await db.database.transaction(async (transaction) => {
    await saveLook(transaction, look, {
      head: null,
      verdict: null,
      at: AT,
      lookAgainAt: null,
      tickets: [],
      closed: false,
    });
    await showJudgement(transaction, id, buildJudgement({ sha: sha("older"), readAt: hours(-1) }));
    await showJudgement(transaction, id, buildJudgement({ verdict: null }));
  });
  expect((await listDeployGateFacts(db.database, [id], AT)).get(id)?.head).toBe(HEAD);
});

test("what runs is live since it was seen going there; what was there when Holdpoint came is only seen", async () => {
  const { id } = await repository(5);
  const environment = "production";
  const since = (commit: string) => findLiveSince(db.database, id, { environment, sha: sha(commit) });
  await db.database.transaction(async (transaction) => {
    await noteDeploy(transaction, id, { environment, sha: sha("one"), by: null, at: hours(-3) });
    await noteDeploy(transaction, id, { environment, sha: sha("two"), by: "octocat", at: hours(-2) });
    await noteDeploy(transaction, id, { environment, sha: sha("one"), by: null, at: hours(-1) });
  });
  expect(await since("one")).toEqual({ at: hours(-1), seenGoing: true });
  expect(await since("two")).toEqual({ at: hours(-2), seenGoing: true });
  expect(await since("three")).toBeNull();
  await db.database.transaction((transaction) =>
    noteDeploy(transaction, id, { environment: "staging", sha: sha("one"), by: null, at: AT }),
  );
  expect(await findLiveSince(db.database, id, { environment: "staging", sha: sha("one") })).toEqual({
    at: AT,
    seenGoing: false,
  });
});

test("a look that was given up after the last one is told of, until one comes to an end", async () => {
  const { id } = await repository(5);
  const park = (at: Date) =>
    db.database.transaction((transaction) =>
      parkJob(transaction, {
        id: randomUUID(),
        kind: "look",
        key: `deploy:${id}`,
        data: { subject: { kind: "deploy", repositoryId: id }, because: "a push" },
        retries: 7,
        lastError: "GitHub answered with status 500",
        parkedAt: at,
      }),
    );
  const failed = async () => (await listDeployGateFacts(db.database, [id], AT)).get(id)?.lookFailed;
  const look = await beginLook(db.database, { kind: "deploy", repositoryId: id });
  if (look === null) throw new Error("the repository is known");
  await db.database.transaction(async (transaction) => {
    const nothing = { verdict: null, lookAgainAt: null, tickets: [], closed: false };
    await saveLook(transaction, look, { ...nothing, head: HEAD, at: AT });
  });
  expect(await failed()).toBe(false);
  await park(hours(1));
  expect(await failed()).toBe(true);
  await park(hours(-1));
  expect(await failed()).toBe(false);
});
