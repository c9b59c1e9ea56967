import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterEach(() => shop.box.github.tellTheTruth());
afterAll(() => shop.close());

async function stateOf(login: string): Promise<string | undefined> {
  const rows = await shop.db.database.query<{ state: string }>(
    "select state from holdpoint.installation where account_login = $1",
    [login],
  );
  return rows[0]?.state;
}

test("REL-17: an installation that nobody was told of is found, and its deploys are judged", async () => {
  shop.box.github.lie({ kind: "delivery-lost" });
  const repo = await shop.repository({ owner: "unheard" });
  const sha = await repo.commit("Tune cache headers");
  expect(await repo.preDeploy(sha)).toBeNull();
  shop.box.github.tellTheTruth();
  await shop.tick("installations");
  await shop.quiet();
  expect(await stateOf("unheard")).toBe("active");
  expect((await repo.preDeploy(sha))?.state).toBe("failure");
});

test("REL-50: one that was taken back unheard is left alone from then on", async () => {
  const repo = await shop.repository({ owner: "leaving" });
  await repo.commit("Tune cache headers");
  shop.box.github.lie({ kind: "delivery-lost" });
  await shop.box.github.control.uninstall({ account: "leaving" });
  shop.box.github.tellTheTruth();
  await shop.tick("installations");
  await shop.quiet();
  expect(await stateOf("leaving")).toBe("deleted");
  const before = shop.box.github.requests.list().length;
  await shop.tick("reconciliation");
  await shop.quiet();
  const asked = shop.box.github.requests.list().slice(before);
  expect(asked.filter(({ path }) => path.includes("leaving"))).toEqual([]);
});

test("what the App may do there is known from events, and from comparing where none came", async () => {
  const repo = await shop.repository({ owner: "narrow" });
  await repo.commit("Tune cache headers");
  const granted = async (): Promise<{ readonly permissions: unknown; readonly page: string } | undefined> => {
    const rows = await shop.db.database.query<{ permissions: unknown; page: string }>(
      "select permissions, events, page from holdpoint.installation where account_login = 'narrow'",
    );
    return rows[0];
  };
  const give = async (permissions: Readonly<Record<string, "read" | "write">>): Promise<void> => {
    await shop.box.github.control.setInstallationPermissions({
      account: "narrow",
      permissions,
      events: ["push"],
    });
    await shop.quiet();
  };
  await give({ metadata: "read", checks: "read" });
  const told = await granted();
  expect(told).toMatchObject({ permissions: { metadata: "read", checks: "read" }, events: ["push"] });
  expect(told?.page).toMatch(/\/organizations\/narrow\/settings\/installations\/\d+$/);
  shop.box.github.lie({ kind: "delivery-lost" });
  await give({ metadata: "read", checks: "write" });
  expect(await granted()).toMatchObject({ permissions: { checks: "read" } });
  shop.box.github.tellTheTruth();
  await shop.tick("installations");
  await shop.quiet();
  expect(await granted()).toMatchObject({ permissions: { checks: "write" } });
});
