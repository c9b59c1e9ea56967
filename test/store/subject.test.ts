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

const MINUTE_LATER = new Date(AT.getTime() + 60_000);

async function dueOf(key: string): Promise<Date> {
  const rows = await db.database.query<{ at: Date | null }>(
    "select look_again_at as at from holdpoint.subject where key = $1",
    [key],
  );
  return rows[0]?.at ?? new Date(0);
}

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
    await save(DEPLOY, { lookAgainAt: MINUTE_LATER });
    const take = () => db.database.transaction((transaction) => takeDueLooks(transaction, MINUTE_LATER, 10));
    const taken = await Promise.all([take(), take(), take()]);
    expect(taken.flat()).toEqual([DEPLOY]);
  });

  test("what stays unknown is looked at again after a pause that doubles up to 15 minutes, until it is known", async () => {
    const subject = { kind: "pull-request", repositoryId: repositoryId(1), number: 6 } as const;
    const pauses: number[] = [];
    let now = AT;
    for (let count = 0; count < 7; count += 1) {
      await save(subject, { at: now, lookAgainAt: new Date(now.getTime() + 60_000) });
      const due = await dueOf("pull-request:1:6");
      pauses.push((due.getTime() - now.getTime()) / 60_000);
      await db.database.transaction((transaction) => takeDueLooks(transaction, due, 10));
      now = due;
    }
    expect(pauses).toEqual([1, 2, 4, 8, 15, 15, 15]);
    await save(subject, { at: now, lookAgainAt: null });
    await save(subject, { at: now, lookAgainAt: new Date(now.getTime() + 60_000) });
    expect(await dueOf("pull-request:1:6")).toEqual(new Date(now.getTime() + 60_000));
  });

  test("looks that events ask for do not make the pause longer, and what the other side said is kept", async () => {
    const subject = { kind: "pull-request", repositoryId: repositoryId(1), number: 7 } as const;
    for (let count = 0; count < 5; count += 1) await save(subject, { lookAgainAt: MINUTE_LATER });
    expect(await dueOf("pull-request:1:7")).toEqual(MINUTE_LATER);
    const told = new Date(AT.getTime() + 3_600_000);
    await save(subject, { lookAgainAt: told });
    expect(await dueOf("pull-request:1:7")).toEqual(told);
    await save(subject, { lookAgainAt: null });
  });

  test("nothing is taken a millisecond early", async () => {
    await save(DEPLOY, { lookAgainAt: MINUTE_LATER });
    const early = new Date(MINUTE_LATER.getTime() - 1);
    expect(await db.database.transaction((transaction) => takeDueLooks(transaction, early, 10))).toEqual([]);
  });
});
