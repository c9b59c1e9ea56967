import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Transaction } from "../../src/database/database.ts";
import { lookAtDeploy } from "../../src/handlers/look-at-deploy.ts";
import { lookAtGate } from "../../src/handlers/look-at-gate.ts";
import { listShownJudgements, purgeJudgements, storeJudgement } from "../../src/store/judgement.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { beginLook } from "../../src/store/subject.ts";
import { TAKEN_AT, buildCommit, buildRepository, sha } from "../domain/build-snapshot.ts";
import { buildJudgement } from "../domain/gate/build-gate-facts.ts";
import { type HandlerTest, NO_FILE, openHandlerTest, policyText } from "./small-github.ts";

const REPOSITORY = buildRepository();
const { id: repositoryId } = REPOSITORY;
const DEPLOY = { kind: "deploy", repositoryId } as const;
const GATE = { kind: "gate", repositoryId } as const;
const POLICY = policyText("deploy: { environments: { production: { base: { branch: live } } } }\n");

let given: HandlerTest;
beforeEach(async () => {
  given = await openHandlerTest();
  given.world.policyFile = POLICY;
  given.world.branches = { main: sha("main"), live: sha("live") };
  await upsertRepository(given.db.database, REPOSITORY, TAKEN_AT);
  await lookAtDeploy(given.dependencies, DEPLOY);
});
afterEach(() => given.db.drop());

async function shown(): Promise<readonly (readonly [string, string])[]> {
  const effects = await given.effects();
  return effects.flatMap((one) =>
    one.kind === "status" && one.context === "holdpoint/gate" ? [[one.sha, one.state] as const] : [],
  );
}
async function halt(at = TAKEN_AT): Promise<void> {
  await given.db.database.query(
    `insert into holdpoint.halt (repository_id, source, environment, issue_number, by_id, by_login, began_at)
     values ($1, 'comment:1', null, 4, 9, 'octocat', $2)`,
    [repositoryId, at],
  );
}
async function records(): Promise<readonly unknown[]> {
  const rows = await given.db.database.query<{ record: unknown }>(
    "select record from holdpoint.audit where record->>'what' = 'gate' order by sequence",
  );
  return rows.map(({ record }) => record);
}

describe("a look at the gate", () => {
  test("asks nothing of GitHub, posts what changed, and has one audit record for it", async () => {
    given.world.calls.length = 0;
    await lookAtGate(given.dependencies, GATE);
    expect(await shown()).toEqual([[sha("main"), "success"]]);
    await halt();
    await lookAtGate(given.dependencies, GATE);
    await lookAtGate(given.dependencies, GATE);
    expect(await shown()).toEqual([[sha("main"), "failure"]]);
    expect(given.world.calls).toEqual([]);
    const change = (decision: string, reasons: readonly string[]) => ({
      what: "gate",
      repository: repositoryId,
      changes: [{ environment: "production", sha: sha("main"), decision, would_be: decision, reasons }],
    });
    expect(await records()).toEqual([change("open", []), change("held", ["halt: halt"])]);
  });

  test("REL-24: that was overtaken by another writes nothing", async () => {
    await lookAtGate(given.dependencies, GATE);
    await halt();
    const { database } = given.dependencies;
    // Another replica begins a look while this one is about to save.
    async function transaction<Result>(work: (open: Transaction) => Promise<Result>): Promise<Result> {
      await beginLook(database, GATE);
      return await database.transaction(work);
    }
    const overtaken = { ...given.dependencies, database: { ...database, transaction } };
    await lookAtGate(overtaken, GATE);
    expect(await shown()).toEqual([[sha("main"), "success"]]);
  });

  test("without a policy posts nothing", async () => {
    given.world.policyFile = NO_FILE;
    await lookAtDeploy(given.dependencies, DEPLOY);
    await halt();
    await lookAtGate(given.dependencies, GATE);
    expect(await shown()).toEqual([]);
  });

  test("is asked for when the verdict changed, and not when it did not", async () => {
    const gates = (): number =>
      given.asked.filter(
        ({ kind, data }) => kind === "look" && "subject" in data && data.subject.kind === "gate",
      ).length;
    const before = gates();
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect(gates()).toBe(before);
    given.world.commits.set(sha("main"), [buildCommit("main", "No ticket")]);
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect(gates()).toBe(before + 1);
  });

  test("wakes itself at the next moment, and forgets one that is over", async () => {
    const { database } = given.db;
    await database.query(
      `insert into holdpoint.override
         (repository_id, source, kind, case_ids, by_id, by_login, began_at, ends_at)
       values ($1, 'comment:9', 'cases', '{1}', 9, 'octocat', $2, $3)`,
      [repositoryId, TAKEN_AT, new Date(TAKEN_AT.getTime() + 3_600_000)],
    );
    const due = () =>
      database.query("select subject, due_at as at from holdpoint.deadline where key = $1", [
        `gate:${repositoryId}`,
      ]);
    await lookAtGate(given.dependencies, GATE);
    expect(await due()).toEqual([{ subject: GATE, at: new Date(TAKEN_AT.getTime() + 3_600_000) }]);
    await database.query("update holdpoint.override set ended_at = $1", [TAKEN_AT]);
    await lookAtGate(given.dependencies, GATE);
    expect(await due()).toEqual([]);
  });
});

test("answers that nobody may use any more are forgotten; those that show a status stay longer", async () => {
  const { database } = given.db;
  await storeJudgement(database, repositoryId, buildJudgement({ sha: sha("asked"), readAt: TAKEN_AT }));
  const later = new Date(TAKEN_AT.getTime() + 1);
  await purgeJudgements(database, { answers: later, shown: TAKEN_AT });
  expect((await listShownJudgements(database, repositoryId, 9)).map((one) => one.sha)).toEqual([sha("main")]);
  expect(await database.query("select sha from holdpoint.judgement")).toHaveLength(1);
  await purgeJudgements(database, { answers: later, shown: later });
  expect(await database.query("select sha from holdpoint.judgement")).toEqual([]);
});
