import { afterAll, beforeAll, expect, test } from "vitest";
import { formOf } from "../cockpit/mending/mending-world.ts";
import { browse } from "./browse.ts";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ signIn: true });
});
afterAll(() => shop.close());

test("a forgotten risk assessment is written where it is missed, and the gate opens by itself", async () => {
  const repo = await shop.repository();
  const key = shop.ticket({ summary: "Charge in euros", risk: "" });
  const sha = await repo.commit(`${key}: Charge in euros`);
  expect(await repo.preDeploy(sha)).toMatchObject({ state: "failure" });

  const { open } = browse(shop, "octocat");
  const { page } = await open(`/${repo.name}/mend/${key}?environment=production`);
  const { action, fields } = formOf(page, `fill-${key}`);
  const typed = { ...fields, "wanted.Risk assessment": "Low: behind a flag.\r\n\r\nCan be switched off." };
  const saved = await open(action, typed);
  await shop.quiet();

  expect(saved.path).toMatch(new RegExp(`^/${repo.name}\\?environment=production&request=\\d+$`));
  expect(saved.page).toContain(`Risk assessment: saved on ${key}. The check is running again.`);
  expect(await repo.preDeploy(sha)).toMatchObject({ state: "success" });
  const comments = shop.box.jira.findIssue(key)?.comments ?? [];
  expect(comments.map(({ body }) => JSON.stringify(body))).toEqual([
    expect.stringContaining("octocat on GitHub filled in Risk assessment through Holdpoint."),
  ]);
  const records = await shop.db.database.query<{ record: { what: string } }>(
    "select record from holdpoint.audit where record ->> 'ticket' = $1 order by sequence",
    [key],
  );
  expect(records.map(({ record }) => record)).toMatchObject([
    { what: "ticket-change-asked", by: "octocat", fields: [{ name: "Risk assessment" }] },
    { what: "fill-fields", by: "octocat", fields: [{ name: "Risk assessment" }] },
  ]);
});

test("a commit without a ticket gets one with a reason, and the check says who attached it", async () => {
  const repo = await shop.repository();
  const key = shop.ticket();
  await repo.commit(`${key}: Charge in euros`);
  const sha = await repo.commit("Tune cache headers");
  expect(await repo.preDeploy(sha)).toMatchObject({ state: "failure" });

  const { open } = browse(shop, "octocat");
  const { page } = await open(`/${repo.name}`);
  const { action, fields } = formOf(page, `attach-to-${sha}`);
  await open(action, { ...fields, ticket: key, because: "The second half of it" });
  await shop.quiet();
  expect(await repo.preDeploy(sha)).toMatchObject({ state: "success" });
  expect((await repo.report(sha))?.text).toContain(
    `\`${key}\` attached by \`octocat\`: \`The second half of it\``,
  );

  const attached = await open(`/${repo.name}`);
  const off = formOf(attached.page, `detach-${key}-${sha}`);
  await open(off.action, off.fields);
  await shop.quiet();
  expect(await repo.preDeploy(sha)).toMatchObject({ state: "failure" });
});
