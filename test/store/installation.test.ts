import { afterAll, beforeAll, expect, test } from "vitest";
import { isInstallationId } from "../../src/domain/brands.ts";
import { findInstallationState, keepGranted, upsertInstallation } from "../../src/store/installation.ts";
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

test("what the App may do there is kept as GitHub said last, and its page is not forgotten", async () => {
  const id = 11;
  if (!isInstallationId(id)) throw new RangeError("unreachable");
  await upsertInstallation(
    db.database,
    { id, account: { id: 4, login: "umbrella" }, state: "active" },
    new Date(0),
  );
  const page = "https://github.com/settings/installations/11";
  await keepGranted(db.database, id, { permissions: { checks: "read" }, events: [], page });
  await keepGranted(db.database, id, { permissions: { checks: "write" }, events: ["push"], page: null });
  expect(
    await db.database.query("select permissions, events, page from holdpoint.installation where id = 11"),
  ).toEqual([{ permissions: { checks: "write" }, events: ["push"], page }]);
});
