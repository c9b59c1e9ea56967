import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import type { CommitSha } from "../../src/domain/model.ts";
import type { Watch } from "../../src/domain/watch.ts";
import { subjectKey } from "../../src/domain/subject.ts";
import { neededLooks } from "../../src/ingress/needed-looks.ts";
import { keepWatch } from "../../src/store/watch.ts";
import { beginLook, saveLook } from "../../src/store/subject.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";
import { buildRepository, sha } from "../domain/build-snapshot.ts";

const AT = new Date("2026-03-04T05:06:07Z");
const REPOSITORY = buildRepository();
const { id } = REPOSITORY;
const HEAD = sha("head");
const OTHER = sha("other");
const WATCH: Watch = {
  governed: true,
  trunk: "main",
  deployBranch: "deploy",
  baseBranches: ["production"],
  baseEnvironments: [],
  requiredChecks: true,
  deferredChecks: true,
  labels: [],
};

let db: TestDatabase;
let database: Database;
beforeAll(async () => {
  db = await createTestDatabase();
  ({ database } = db);
});
afterAll(() => db.drop());
beforeEach(async () => {
  await upsertRepository(database, REPOSITORY, AT);
  for (const table of ["watch", "subject", "turn", "judgement", "compliance_case"]) {
    await database.query(`delete from holdpoint.${table}`);
  }
});

interface Given {
  readonly watch?: Partial<Watch> | null;
  /** What the deploy was judged at last; null: its head could not be read. */
  readonly head?: CommitSha | null;
  /** SQL for more. */
  readonly more?: string;
}

async function given({ watch = {}, head = HEAD, more }: Given): Promise<void> {
  if (watch !== null) await keepWatch(database, id, { ...WATCH, ...watch }, AT);
  const run = await beginLook(database, { kind: "deploy", repositoryId: id });
  if (run === null) throw new Error("the repository is known");
  await database.transaction((transaction) =>
    saveLook(transaction, run, {
      head,
      verdict: null,
      at: AT,
      lookAgainAt: null,
      tickets: [],
      closed: false,
    }),
  );
  if (more !== undefined) await database.query(more);
}

async function after(
  event:
    | { kind: "check-finished" | "check-started"; sha: CommitSha; branches: readonly string[] | null }
    | { kind: "pushed"; branch: string },
): Promise<readonly string[]> {
  const needed = await database.transaction((transaction) =>
    neededLooks(transaction, { ...event, repository: REPOSITORY }),
  );
  return needed.map((subject) => subjectKey(subject).split(":")[0] ?? "");
}

const TURN = `insert into holdpoint.turn (kind, key, asked) values ('look', 'deploy:${id}', 1)`;
const JUDGED = `insert into holdpoint.judgement (repository_id, environment, sha, place, was_live, read_at)
                values (${id}, 'production', '${OTHER}', 'pull-request', false, '2026-01-01T00:00:00Z')`;
const CASE = `insert into holdpoint.compliance_case
  (repository_id, check_key, name, source, policy_name, first_red, first_red_sha, newest_red, opened_at, adopted,
   grace, verify_grace, owners) values
  (${id}, 'a', 'a', '{}', 'a', '{}', 'a', '{}', '2026-01-01T00:00:00Z', false, 1, 0, '{}')`;

describe("a check that finished or began", () => {
  test.each<
    readonly [
      claim: string,
      given: Given,
      sha: CommitSha,
      branches: readonly string[] | null,
      needed: readonly string[],
    ]
  >([
    ["on the deploy head, of a branch that is not the trunk", {}, HEAD, ["deploy"], ["deploy"]],
    ["on another commit of another branch", {}, OTHER, ["feature"], []],
    ["on another commit of the trunk", {}, OTHER, ["feature", "main"], ["compliance"]],
    [
      "on a merge queue's commit, which becomes the trunk's",
      {},
      OTHER,
      ["gh-readonly-queue/main/pr-1-abc"],
      ["compliance"],
    ],
    ["on a merge queue's commit of another branch", {}, OTHER, ["gh-readonly-queue/next/pr-1-abc"], []],
    ["on a commit of which nobody says where it is", {}, OTHER, null, ["compliance"]],
    ["while no head is known", { head: null }, OTHER, ["feature"], ["deploy"]],
    [
      "while the deploy is being looked at, for its head may be this one",
      { more: TURN },
      OTHER,
      ["feature"],
      ["deploy"],
    ],
    ["on a commit that the gate answered for", { more: JUDGED }, OTHER, ["feature"], ["gate"]],
    [
      "without required checks",
      { watch: { requiredChecks: false }, head: null, more: TURN },
      HEAD,
      ["feature"],
      [],
    ],
    ["without deferred checks", { watch: { deferredChecks: false } }, OTHER, ["main"], []],
    [
      "without deferred checks, while a case of one that was dropped is open",
      { watch: { deferredChecks: false }, more: CASE },
      OTHER,
      ["main"],
      ["compliance"],
    ],
    ["without a policy", { watch: { governed: false } }, HEAD, null, []],
    [
      "in a repository that nobody has looked at",
      { watch: null },
      OTHER,
      ["feature"],
      ["deploy", "compliance"],
    ],
  ])("%s", async (_, world, of, branches, needed) => {
    await given(world);
    expect(await after({ kind: "check-finished", sha: of, branches })).toEqual(needed);
    expect(await after({ kind: "check-started", sha: of, branches })).toEqual(needed);
  });

  test("a thousand on other commits ask for no look", async () => {
    await given({});
    const needed: string[] = [];
    for (let count = 0; count < 1_000; count += 1) {
      const event = { kind: "check-finished", sha: sha(`other-${count}`), branches: ["feature"] } as const;
      needed.push(...(await after(event)));
    }
    expect(needed).toEqual([]);
  });
});

describe("a push", () => {
  test.each<readonly [branch: string, given: Given, needed: readonly string[]]>([
    ["main", {}, ["deploy", "compliance"]],
    ["deploy", {}, ["deploy"]],
    ["production", {}, ["deploy"]],
    ["feature", {}, []],
    ["main", { watch: { deferredChecks: false } }, ["deploy"]],
    ["main", { watch: { deferredChecks: false }, more: CASE }, ["deploy", "compliance"]],
    ["main", { watch: { governed: false, deferredChecks: false } }, ["deploy"]],
    ["feature", { watch: null }, ["deploy", "compliance"]],
  ])("to %s, %j", async (branch, world, needed) => {
    await given(world);
    expect(await after({ kind: "pushed", branch })).toEqual(needed);
  });
});
