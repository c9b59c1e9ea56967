import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isInstallationId, isRepositoryId } from "../../src/domain/brands.ts";
import type { RepositoryFacts } from "../../src/domain/model.ts";
import { upsertInstallation } from "../../src/store/installation.ts";
import {
  findActiveRepository,
  findRepository,
  listUnreconciled,
  markReconciling,
  markRepositoryGone,
  upsertRepository,
} from "../../src/store/repository.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
afterEach(async () => {
  await db.database.query("delete from holdpoint.repository");
  await db.database.query("delete from holdpoint.installation");
});

const MONDAY = new Date("2026-03-02T00:00:00Z");
const TUESDAY = new Date("2026-03-03T00:00:00Z");

function factsOf(id: number, more: Partial<RepositoryFacts> = {}): RepositoryFacts {
  const installationId = 9;
  if (!isRepositoryId(id) || !isInstallationId(installationId)) throw new RangeError("unreachable");
  return {
    id,
    installationId,
    owner: "acme",
    name: "storefront",
    defaultBranch: "main",
    private: true,
    archived: false,
    ...more,
  };
}

async function installation(
  { installationId: id }: RepositoryFacts,
  state: "active" | "suspended" | "deleted",
): Promise<void> {
  await upsertInstallation(db.database, { id, account: { id: 3, login: "acme" }, state }, TUESDAY);
}

async function updatedAt(): Promise<unknown> {
  return (await db.database.query<{ at: Date }>("select updated_at as at from holdpoint.repository"))[0]?.at;
}

describe("a repository", () => {
  test("is learned once; an unchanged one is not written", async () => {
    await upsertRepository(db.database, factsOf(1), MONDAY);
    await upsertRepository(db.database, factsOf(1), TUESDAY);
    expect(await findRepository(db.database, factsOf(1).id)).toEqual({ facts: factsOf(1), gone: null });
    expect(await updatedAt()).toEqual(MONDAY);
  });

  test.each<Partial<RepositoryFacts>>([
    { owner: "new-owner" },
    { name: "new-name" },
    { defaultBranch: "trunk" },
    { private: false },
    { archived: true },
  ])("takes on %j", async (change) => {
    await upsertRepository(db.database, factsOf(1), MONDAY);
    await upsertRepository(db.database, factsOf(1, change), TUESDAY);
    expect((await findRepository(db.database, factsOf(1).id))?.facts).toEqual(factsOf(1, change));
    expect(await updatedAt()).toEqual(TUESDAY);
  });

  test("is gone for the first reason, and comes back when it is learned again", async () => {
    await upsertRepository(db.database, factsOf(1), MONDAY);
    await markRepositoryGone(db.database, factsOf(1).id, "removed", TUESDAY);
    await markRepositoryGone(db.database, factsOf(1).id, "deleted", TUESDAY);
    expect((await findRepository(db.database, factsOf(1).id))?.gone).toBe("removed");
    await upsertRepository(db.database, factsOf(1), TUESDAY);
    expect((await findRepository(db.database, factsOf(1).id))?.gone).toBeNull();
  });

  test.each<[string, (facts: RepositoryFacts) => Promise<unknown>]>([
    ["gone", ({ id }) => markRepositoryGone(db.database, id, "deleted", TUESDAY)],
    ["archived", (facts) => upsertRepository(db.database, { ...facts, archived: true }, TUESDAY)],
    ["of a suspended installation", (facts) => installation(facts, "suspended")],
    ["of an installation that was removed", (facts) => installation(facts, "deleted")],
  ])("that is %s is not active", async (_, end) => {
    const facts = factsOf(1);
    await upsertRepository(db.database, facts, MONDAY);
    await installation(facts, "active");
    expect(await findActiveRepository(db.database, facts.id)).toEqual(facts);
    await end(facts);
    expect(await findActiveRepository(db.database, facts.id)).toBeNull();
  });

  test("that nobody told of is not found", async () => {
    expect(await findRepository(db.database, factsOf(1).id)).toBeNull();
  });

  test("is due for reconciliation when it is there, active, and none was begun since", async () => {
    for (const id of [1, 2, 3, 4]) await upsertRepository(db.database, factsOf(id), MONDAY);
    await upsertRepository(db.database, factsOf(5, { archived: true }), MONDAY);
    await markRepositoryGone(db.database, factsOf(4).id, "deleted", MONDAY);
    await markReconciling(db.database, factsOf(2).id, MONDAY);
    await markReconciling(db.database, factsOf(3).id, TUESDAY);
    expect(await listUnreconciled(db.database, MONDAY, 10)).toEqual([1, 2]);
    expect(await listUnreconciled(db.database, TUESDAY, 2)).toEqual([1, 2]);
    const { installationId: id } = factsOf(1);
    await upsertInstallation(
      db.database,
      { id, account: { id: 3, login: "acme" }, state: "suspended" },
      MONDAY,
    );
    expect(await listUnreconciled(db.database, TUESDAY, 10)).toEqual([]);
  });
});
