import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isCommitSha, isInstallationId, isRepositoryId } from "../../src/domain/brands.ts";
import type { Effect } from "../../src/domain/effect.ts";
import { findEffect, listUndoneEffects, markEffectDone, wishEffects } from "../../src/store/effect.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";

const AT = new Date("2026-05-05T10:00:00Z");
const LATER = new Date("2026-05-05T10:10:00Z");
const [REPOSITORY, INSTALLATION, SHA] = [1, 7, "a".repeat(40)];

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  await db.database.query("delete from holdpoint.effect");
  const { id, installationId } = ids();
  await upsertRepository(
    db.database,
    { id, installationId, owner: "acme", name: "r", defaultBranch: "main", private: true, archived: false },
    AT,
  );
});
afterAll(() => db.drop());

function ids() {
  if (!isRepositoryId(REPOSITORY) || !isInstallationId(INSTALLATION) || !isCommitSha(SHA)) throw new Error();
  return { id: REPOSITORY, installationId: INSTALLATION, sha: SHA };
}

function status(state: "success" | "failure"): Effect {
  const { id, sha } = ids();
  return {
    kind: "status",
    repositoryId: id,
    sha,
    context: "holdpoint/pre-deploy",
    state,
    description: state,
    targetUrl: null,
  };
}

function checkRun(text: string, footnote: string): Effect {
  const { id, sha } = ids();
  return {
    kind: "check-run",
    repositoryId: id,
    sha,
    name: "Holdpoint",
    externalId: "deploy",
    conclusion: "success",
    title: "",
    summary: "",
    text,
    footnote,
    detailsUrl: null,
    actions: [],
  };
}

const TARGET = `status:1:${SHA}:holdpoint/pre-deploy`;

async function wish(effect: Effect, at = AT): Promise<readonly string[]> {
  return await db.database.transaction((transaction) => wishEffects(transaction, [effect], at));
}

async function done(revision: number): Promise<void> {
  await markEffectDone(db.database, { target: TARGET, revision, remoteId: 5, refusal: null, at: AT });
}

describe("desired states", () => {
  test("another footnote alone is no change", async () => {
    expect((await wish(checkRun("all is well", "read at ten"))).length).toBe(1);
    expect(await wish(checkRun("all is well", "read at eleven"))).toEqual([]);
    expect((await wish(checkRun("all is lost", "read at eleven"))).length).toBe(1);
  });

  test("an unchanged wish changes nothing and asks for nothing", async () => {
    expect(await wish(status("success"))).toEqual([TARGET]);
    expect(await wish(status("success"), LATER)).toEqual([]);
    expect(await findEffect(db.database, TARGET)).toMatchObject({ revision: 1, doneRevision: 0 });
  });

  test("there and back again is three revisions, each a new wish", async () => {
    for (const state of ["success", "failure", "success"] as const) {
      expect(await wish(status(state))).toEqual([TARGET]);
    }
    expect(await findEffect(db.database, TARGET)).toMatchObject({ revision: 3 });
  });

  test("what was done of an older wish does not make the newer one done", async () => {
    await wish(status("success"));
    await wish(status("failure"));
    await done(1);
    expect(await findEffect(db.database, TARGET)).toMatchObject({
      doneRevision: 1,
      revision: 2,
      remoteId: 5,
    });
    await done(2);
    await done(1);
    expect(await findEffect(db.database, TARGET)).toMatchObject({ doneRevision: 2 });
  });

  test("a wish that lost its job is found after a while", async () => {
    await wish(status("success"));
    expect(await listUndoneEffects(db.database, ids().id, new Date(AT.getTime() - 1))).toEqual([]);
    expect(await listUndoneEffects(db.database, ids().id, AT)).toEqual([TARGET]);
    await done(1);
    expect(await listUndoneEffects(db.database, ids().id, LATER)).toEqual([]);
  });
});
