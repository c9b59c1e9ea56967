import { afterAll, beforeAll, expect, test } from "vitest";
import { formIn, textOf } from "../cockpit/filled-form.ts";
import { browse } from "./browse.ts";
import { HOUR, openHeldShop } from "./held-shop.ts";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ signIn: true });
});
afterAll(() => shop.close());

test("what is red past its deadline is lifted on its page, and that ends by itself", async () => {
  const held = await openHeldShop(shop);
  expect(await held.gate()).toBe("failure");
  const { open } = browse(shop, "octocat");
  const list = await open(`/${held.name}/cases`);
  const address = /href="([^"]*\/cases\/[0-9]+)"/.exec(list.page)?.[1] ?? "";
  const { page } = await open(address);
  expect(textOf(page)).toContain("halts deploys");
  expect(page).toMatch(/aria-label="2 commits, oldest first: 1 green, 1 red"/);

  const form = formIn(page, "form-override");
  const because = "PLAY-1 is a `hotfix`";
  const sent = await open(form?.action ?? "", { ...form?.fields, duration: "4h", because });
  await shop.quiet();
  const lifted = await open(address);
  expect(textOf(sent.page)).toContain("Done Lifted until");
  expect(textOf(lifted.page)).toContain("is red, and lifted for a time");
  expect(await held.gate()).toBe("success");
  const said = (await held.said()).at(-1) ?? "";
  expect(said).toContain("`octocat` in the cockpit: override, because: `PLAY-1` is a `` `hotfix` ``");
  expect(said).toContain("Lifted until ");
  expect((await held.look()).labels).toContain("halt-override");

  shop.pass(4 * HOUR);
  await shop.tick("deadlines");
  expect(await held.gate()).toBe("failure");
  expect((await held.look()).labels).not.toContain("halt-override");
  const over = await open(address);
  expect(textOf(over.page)).toContain("halts deploys");
  expect(textOf(over.page)).toContain("An override ended by itself");
  expect(await held.onRecord()).toMatchObject([
    { what: "override-began", by: "octocat", because },
    { what: "override-ended", by: null },
  ]);
});

test("deploys are halted and let go on the repository's page, without an issue", async () => {
  const repo = await shop.repository();
  const key = shop.ticket();
  const sha = await repo.commit(`${key}: Charge in euros`);
  expect(await repo.status(sha, "holdpoint/gate")).toMatchObject({ state: "success" });
  const { open } = browse(shop, "octocat");
  const halt = formIn((await open(`/${repo.name}`)).page, "form-halt");
  const halted = await open(halt?.action ?? "", { ...halt?.fields, because: "the till is down" });
  await shop.quiet();
  expect(textOf(halted.page)).toContain("Deploys are halted by octocat, because: the till is down");
  expect(await repo.status(sha, "holdpoint/gate")).toMatchObject({ state: "failure" });

  const id = /id="form-(resume-[0-9]+)"/.exec((await open(`/${repo.name}`)).page)?.[1] ?? "";
  const resume = formIn((await open(`/${repo.name}`)).page, `form-${id}`);
  await open(resume?.action ?? "", { ...resume?.fields, because: "it works again" });
  await shop.quiet();
  expect(await repo.status(sha, "holdpoint/gate")).toMatchObject({ state: "success" });
});
