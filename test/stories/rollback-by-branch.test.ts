import { afterAll, beforeAll, expect, test } from "vitest";
import { openHeldShop } from "./held-shop.ts";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

test("where a branch says what is live and nobody records deployments, what the branch was at may go out again", async () => {
  const held = await openHeldShop(shop);
  await held.release();
  await held.comment(held.issue, `/holdpoint rollback ${held.first} because the till is down`);
  expect((await held.said()).at(-1)).toMatch(/^`[0-9a-f]{7}` may go out to `production` again until /);
  const next = await held.commit("Charge in francs");
  await held.comment(held.issue, `/holdpoint rollback ${next} because it is new`);
  expect((await held.said()).at(-1)).toContain("going there is no rollback: nothing was done.");
});

test("what a release went past on its way was not live, and is none", async () => {
  const held = await openHeldShop(shop);
  const between = await held.commit("Charge in francs");
  await held.commit("Charge in yen");
  await held.release();
  await held.comment(held.issue, `/holdpoint rollback ${between} because the till is down`);
  expect((await held.said()).at(-1)).toContain("going there is no rollback: nothing was done.");
});
