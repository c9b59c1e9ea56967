import { afterAll, beforeAll, expect, test } from "vitest";
import type { InstallationId } from "../../src/domain/model.ts";
import { createSharedPauses } from "../../src/store/github-pause.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const isInstallation = (id: number): id is InstallationId => id > 0;
const [INSTALLATION] = [41].filter(isInstallation);

test("REL-43: a pause is shared, and only grows", async () => {
  if (INSTALLATION === undefined) throw new RangeError("unreachable");
  const [here, there] = [createSharedPauses(db.database), createSharedPauses(await db.open())];
  const [sooner, later] = [new Date("2026-01-01T00:01:00Z"), new Date("2026-01-01T01:00:00Z")];
  expect(await here.until(INSTALLATION)).toBeNull();
  await here.extend(INSTALLATION, later);
  await there.extend(INSTALLATION, sooner);
  expect(await there.until(INSTALLATION)).toEqual(later);
});

test("REL-43: limits in a row without a time are counted by all replicas together, until a call goes through", async () => {
  if (INSTALLATION === undefined) throw new RangeError("unreachable");
  const [here, there] = [createSharedPauses(db.database), createSharedPauses(await db.open())];
  const at = new Date("2026-01-01T00:00:00Z");
  expect([await here.strike(INSTALLATION, at), await there.strike(INSTALLATION, at)]).toEqual([0, 1]);
  await here.extend(INSTALLATION, at);
  expect(await here.strike(INSTALLATION, at)).toBe(2);
  await there.calm(INSTALLATION);
  expect(await here.strike(INSTALLATION, at)).toBe(0);
});
