import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isCommitSha, isInstallationId, isRepositoryId } from "../../src/domain/brands.ts";
import type { CommitSha, RepositoryFacts, RepositoryId, TicketKey } from "../../src/domain/model.ts";
import { isTicketKey } from "../../src/domain/tickets/key.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import {
  beginLook,
  findDeployHead,
  listOpenSubjects,
  listSubjectsCarrying,
  type LookResult,
  type LookRun,
  saveLook,
  takeDueLooks,
} from "../../src/store/subject.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";

const AT = new Date("2026-05-05T10:00:00Z");

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  await db.database.query("delete from holdpoint.subject");
  await upsertRepository(db.database, repository(1), AT);
});
afterAll(() => db.drop());

function repositoryId(id: number): RepositoryId {
  if (!isRepositoryId(id)) throw new Error(String(id));
  return id;
}

function repository(id: number): RepositoryFacts {
  const installationId = 7;
  if (!isInstallationId(installationId)) throw new Error("7 is an installation's id");
  return {
    id: repositoryId(id),
    installationId,
    owner: "acme",
    name: `r${id}`,
    defaultBranch: "main",
    private: true,
    archived: false,
  };
}

function key(text: string): TicketKey {
  if (!isTicketKey(text)) throw new Error(text);
  return text;
}

function sha(letter: string): CommitSha {
  const made = letter.repeat(40);
  if (!isCommitSha(made)) throw new Error(made);
  return made;
}

function result(change: Partial<LookResult> = {}): LookResult {
  return { head: sha("a"), verdict: null, at: AT, lookAgainAt: null, tickets: [], closed: false, ...change };
}

const DEPLOY = { kind: "deploy", repositoryId: repositoryId(1) } as const;

async function begin(subject: Parameters<typeof beginLook>[1]): Promise<LookRun> {
  const run = await beginLook(db.database, subject);
  if (run === null) throw new Error("the repository is known");
  return run;
}

describe("looks are fenced", () => {
  test("nothing is looked at in a repository that nobody knows", async () => {
    expect(await beginLook(db.database, { kind: "deploy", repositoryId: repositoryId(404) })).toBeNull();
  });

  test("REL-24: a look that began earlier is refused when it saves after a later one began", async () => {
    const paused = await begin(DEPLOY);
    const other = await begin(DEPLOY);
    const saved = await db.database.transaction((transaction) =>
      saveLook(transaction, other, result({ head: sha("b") })),
    );
    const late = await db.database.transaction((transaction) =>
      saveLook(transaction, paused, result({ head: sha("c") })),
    );
    expect([saved, late]).toEqual(["saved", "superseded"]);
    expect(await findDeployHead(db.database, DEPLOY.repositoryId)).toBe(sha("b"));
  });

  test("ten looks at once get ten different numbers", async () => {
    const runs = await Promise.all(Array.from({ length: 10 }, () => begin(DEPLOY)));
    expect(new Set(runs.map(({ run }) => run)).size).toBe(10);
  });
});

describe("tickets", () => {
  async function save(subject: Parameters<typeof beginLook>[1], change: Partial<LookResult>): Promise<void> {
    const run = await begin(subject);
    await db.database.transaction((transaction) => saveLook(transaction, run, result(change)));
  }

  test("a changed ticket leads to every open head that carries it now", async () => {
    const pullRequest = { kind: "pull-request", repositoryId: repositoryId(1), number: 4 } as const;
    const closed = { kind: "pull-request", repositoryId: repositoryId(1), number: 5 } as const;
    await save(DEPLOY, { tickets: [key("PLAY-1"), key("PLAY-2")] });
    await save(pullRequest, { tickets: [key("PLAY-2")] });
    await save(closed, { tickets: [key("PLAY-2")], closed: true });
    expect(await listSubjectsCarrying(db.database, "PLAY-2")).toEqual([DEPLOY, pullRequest]);
    await save(DEPLOY, { tickets: [key("PLAY-1")] });
    expect(await listSubjectsCarrying(db.database, "PLAY-2")).toEqual([pullRequest]);
    expect(await listOpenSubjects(db.database, repositoryId(1))).toEqual([DEPLOY, pullRequest]);
  });

  test("subjects that are due are taken once, by whichever replica comes first", async () => {
    await save(DEPLOY, { lookAgainAt: AT });
    const take = () => db.database.transaction((transaction) => takeDueLooks(transaction, AT, 10));
    const taken = await Promise.all([take(), take(), take()]);
    expect(taken.flat()).toEqual([DEPLOY]);
  });

  test("nothing is taken a millisecond early", async () => {
    await save(DEPLOY, { lookAgainAt: AT });
    const early = new Date(AT.getTime() - 1);
    expect(await db.database.transaction((transaction) => takeDueLooks(transaction, early, 10))).toEqual([]);
  });
});
