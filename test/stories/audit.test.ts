import { afterAll, beforeAll, expect, test } from "vitest";
import { isInstallationId } from "../../src/domain/brands.ts";
import { verifyAudit } from "../../src/store/audit.ts";
import { openShop, POLICY, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function recordsOf(repository: number) {
  const rows = await shop.db.database.query<{ record: Record<string, unknown>; installation: string }>(
    `select record, installation_id as installation from holdpoint.audit
      where (record->>'repository')::bigint = $1 and record->>'what' = 'verdict' order by sequence`,
    [repository],
  );
  return rows;
}

test("every verdict that changes what people see is on record once, and the chain holds", async () => {
  const repo = await shop.repository();
  const before = (await recordsOf(repo.id)).length;
  const key = shop.ticket({ risk: "" });
  const sha = await repo.commit(`${key}: Charge in euros`);
  shop.box.jira.editIssue(key, { fields: { "Risk assessment": "low" } });
  await shop.quiet();
  await shop.look(repo.id);
  await shop.quiet();
  const records = (await recordsOf(repo.id)).slice(before);
  expect(records.map(({ record }) => [record["head"], record["decision"], record["findings"]])).toEqual([
    [sha, "held", ["ticket-fields: fail, field-empty"]],
    [sha, "open", []],
  ]);
  const installation = Number(records[0]?.installation);
  if (!isInstallationId(installation)) throw new Error("the repository has an installation");
  expect(await verifyAudit(shop.db.database, installation)).toMatchObject({ state: "intact" });
});

test("J1: what on_unknown lets through is on record as that", async () => {
  const repo = await shop.repository({ policy: `on_unknown: allow\n${POLICY}` });
  const key = shop.ticket();
  shop.box.jira.lie({ kind: "unavailable" });
  await repo.commit(`${key}: Charge in euros`);
  shop.box.jira.tellTheTruth();
  const records = await recordsOf(repo.id);
  expect(records.at(-1)?.record).toMatchObject({ decision: "open", because: "on-unknown" });
});
