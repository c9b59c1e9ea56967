import { afterAll, beforeAll, expect, test } from "vitest";
import { isInstallationId } from "../../src/domain/brands.ts";
import { findInstallationState, upsertInstallation } from "../../src/store/installation.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test("an installation is learned, suspended and forgotten, and an unchanged one is not written", async () => {
  const id = 9;
  if (!isInstallationId(id)) throw new RangeError("unreachable");
  const account = { id: 3, login: "acme" };
  const days = [1, 2, 3, 4].map((day) => new Date(Date.UTC(2026, 2, day)));
  expect(await findInstallationState(db.database, id)).toBeNull();
  const states = ["active", "active", "suspended", "deleted"] as const;
  const seen: unknown[] = [];
  for (const [index, state] of states.entries()) {
    await upsertInstallation(db.database, { id, account, state }, days[index] ?? new Date(0));
    seen.push(await findInstallationState(db.database, id));
  }
  expect(seen).toEqual(states);
  await upsertInstallation(
    db.database,
    { id, account: { id: 3, login: "renamed" }, state: "active" },
    days[3] ?? new Date(0),
  );
  expect(await db.database.query("select account_login, updated_at from holdpoint.installation")).toEqual([
    { account_login: "renamed", updated_at: days[3] },
  ]);
});
