import { afterAll, beforeAll, expect, test } from "vitest";
import { readStoredGateFacts } from "../../src/store/gate-facts.ts";
import { storeJudgement } from "../../src/store/judgement.ts";
import { upsertInstallation } from "../../src/store/installation.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { buildRepository, HEAD } from "../domain/build-snapshot.ts";
import { AT, buildJudgement, hours } from "../domain/gate/build-gate-facts.ts";

const REPOSITORY = buildRepository();

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  const { database } = db;
  await upsertRepository(database, REPOSITORY, AT);
  await storeJudgement(database, REPOSITORY.id, buildJudgement());
  const run = JSON.stringify({ sha: HEAD, runId: 1, sequence: 1, said: "failure", at: AT, url: null });
  await database.query(
    `insert into holdpoint.compliance_case
       (repository_id, check_key, name, source, policy_name, first_red, first_red_sha, newest_red, opened_at, adopted,
        grace, verify_grace, environments, owners, warned_at, deadline, end_as, end_record, ended_at) values
       (7, 'a', 'integration', '{"kind": "status"}', 'I', $1, 'abc', $1, $2, false, 1, 0, '{production}', '{}', $2, $3, null, null, null),
       (7, 'b', 'over', '{"kind": "status"}', 'I', $1, 'abc', $1, $2, false, 1, 0, null, '{}', null, null, 'green', '{}', $2)`,
    [run, AT, hours(72)],
  );
  await database.query(
    `insert into holdpoint.effect (target, repository_id, kind, desired, remote_id, updated_at)
     values ('issue:7:abc', 7, 'issue', '{}', 12, $1)`,
    [AT],
  );
  await database.query(
    `insert into holdpoint.halt (repository_id, source, environment, issue_number, by_id, by_login, because, began_at, ended_at) values
       (7, 'comment:1', null, 4, 9, 'octocat', 'why', $1, null), (7, 'comment:2', null, 4, 9, 'octocat', null, $1, $1)`,
    [AT],
  );
  await database.query(
    `insert into holdpoint.override
       (repository_id, source, kind, case_ids, environment, sha, codes, by_id, by_login, because, began_at, ends_at, ended_at, awaits_reason) values
       (7, 'a', 'cases', '{1}', null, null, '{}', 9, 'octocat', null, $1, $2, null, false),
       (7, 'b', 'reasons', '{}', 'production', $3, '{halt}', 9, 'octocat', 'hotfix', $1, $2, null, false),
       (7, 'over', 'cases', '{1}', null, null, '{}', 9, 'octocat', null, $1, $1, null, false),
       (7, 'ended', 'cases', '{1}', null, null, '{}', 9, 'octocat', null, $1, $2, $1, false),
       (7, 'awaited', 'cases', '{1}', null, null, '{}', 9, 'octocat', null, $1, $2, null, true)`,
    [AT, hours(4), HEAD],
  );
  await database.query(
    `insert into holdpoint.rollback_permit (repository_id, source, environment, sha, by_id, by_login, because, began_at, ends_at) values
       (7, 'a', 'production', $3, 9, 'octocat', 'broken', $1, $2), (7, 'b', 'production', $3, 9, 'octocat', 'broken', $1, $1)`,
    [AT, hours(1), HEAD],
  );
});
afterAll(() => db.drop());

test("one query gives everything that is in force or to come, and nothing that is over", async () => {
  const facts = await readStoredGateFacts(db.database, { id: REPOSITORY.id }, HEAD, AT);
  expect(facts).toMatchObject({
    repository: REPOSITORY,
    judgements: [buildJudgement()],
    cases: [
      {
        id: 1,
        name: "integration",
        issueNumber: 12,
        environments: ["production"],
        deadline: hours(72),
        warnedAt: AT,
        expiredAt: null,
        end: null,
        firstRed: { sha: HEAD, at: AT },
        grace: 1,
      },
    ],
    halts: [{ id: 1, by: "octocat", because: "why", issueNumber: 4, beganAt: AT, endedAt: null }],
    overrides: [
      {
        by: "octocat",
        scope: { kind: "cases", caseIds: [1], environment: null },
        beganAt: AT,
        endsAt: hours(4),
      },
      {
        because: "hotfix",
        scope: { kind: "reasons", environment: "production", sha: HEAD, codes: ["halt"] },
      },
    ],
    rollbacks: [{ environment: "production", sha: HEAD, by: "octocat", because: "broken", endsAt: hours(1) }],
  });
  for (const list of ["cases", "halts", "rollbacks", "judgements"] as const)
    expect(facts?.[list]).toHaveLength(1);
  expect(facts?.overrides).toHaveLength(2);
});

test("names are compared as GitHub does; without a commit nothing is judged", async () => {
  const facts = await readStoredGateFacts(db.database, { owner: "Acme", name: "STOREFRONT" }, null, AT);
  expect(facts?.repository.id).toBe(REPOSITORY.id);
  expect(facts?.judgements).toEqual([]);
  expect(facts?.cases).toHaveLength(1);
});

test("nothing is known of a repository of another name, or of a suspended installation", async () => {
  expect(await readStoredGateFacts(db.database, { owner: "acme", name: "store" }, HEAD, AT)).toBeNull();
  const id = REPOSITORY.installationId;
  await upsertInstallation(db.database, { id, account: { id: 1, login: "acme" }, state: "suspended" }, AT);
  expect(await readStoredGateFacts(db.database, { id: REPOSITORY.id }, HEAD, AT)).toBeNull();
});
