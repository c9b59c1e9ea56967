import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildWorld, type World } from "./build-world.ts";
import { type Browsing, openBrowser, type Visitor } from "./open-browser.ts";
import { openStage, type Stage } from "./open-stage.ts";
import { caseIds, pagesOf } from "./pages-of.ts";
import { LOOSER } from "./policies.ts";
import { OWNER, PEOPLE } from "./world-tools.ts";

let stage: Stage;
let browsing: Browsing;
let world: World;

beforeAll(async () => {
  stage = await openStage();
  world = await buildWorld(stage);
  browsing = await openBrowser(stage);
});
afterAll(async () => {
  await browsing.close();
  await stage.close();
});

const SHOP = `/${OWNER}/storefront`;

/** Opens one of the forms that lift, halt or go back, fills it in and sends it. */
async function send(page: Page, name: string, typed: Readonly<Record<string, string>>): Promise<void> {
  await page.locator(`#act-${name} > summary`).click();
  const form = page.locator(`#form-${name}`);
  for (const [label, value] of Object.entries(typed)) await form.getByLabel(label).fill(value);
  await form.getByRole("button").click();
}

/** What went wrong in their browser meanwhile. */
async function asOne(login: string, walk: (visitor: Visitor) => Promise<void>): Promise<readonly string[]> {
  const visitor = await browsing.signIn(login);
  await walk(visitor);
  await visitor.leave();
  return visitor.problems();
}

/** The page says what became of it, to whoever asked. */
async function told(page: Page, words: string | RegExp): Promise<void> {
  await page.getByRole("main").getByText(words).first().waitFor();
}

describe("a reader", () => {
  test("sees every page, and no form that they may not send", async () => {
    expect(
      await asOne(PEOPLE.reader, async ({ visit, page }) => {
        for (const { path } of await pagesOf(stage, world)) {
          expect([path, await visit(path)]).toEqual([path, 200]);
          const buttons = await page.getByRole("main").getByRole("button").allInnerTexts();
          const writes = /Override|Halt|Roll back|Save|Attach|Move to|Accept|Close it|retry|Try again/i;
          expect([path, buttons.filter((name) => writes.test(name))]).toEqual([path, []]);
        }
      }),
    ).toEqual([]);
  });

  test("is refused what they send all the same, and it changes nothing", async () => {
    const reader = await browsing.signIn(PEOPLE.reader);
    await reader.visit(SHOP);
    const token = await reader.page.locator("input[name=token]").first().inputValue();
    const typed = { token, because: "I may not", environment: "production", duration: "1h" };
    const more = { sha: world.unticketed, ticket: world.tickets.ready, commit: world.live };
    for (const path of ["gate/halt", "gate/rollback", "gate/override", "mend/attach", "mend/fields"]) {
      await reader.context.request.post(`${stage.url}${SHOP}/${path}`, {
        form: { ...typed, ...more },
        headers: { origin: stage.url },
        maxRedirects: 0,
      });
    }
    await stage.quiet();
    const asked = await stage.holdpoint.database.query<{ readonly state: string }>(
      "select distinct state from holdpoint.request",
      [],
    );
    expect(asked.map(({ state }) => state).filter((state) => state !== "refused")).toEqual([]);
    expect(await stage.holdpoint.database.query("select from holdpoint.attached_ticket", [])).toEqual([]);
    await reader.leave();
  });

  test("filters the overview, and opens what is found", async () => {
    expect(
      await asOne(PEOPLE.reader, async ({ visit, page }) => {
        await visit("/");
        await page.getByRole("searchbox").fill("courier");
        await page.getByRole("link", { name: `${OWNER}/storefront` }).waitFor({ state: "detached" });
        await page.getByRole("link", { name: `${OWNER}/couriers` }).click();
        await page.waitForURL(`${stage.url}/${OWNER}/couriers`);
      }),
    ).toEqual([]);
  });

  test("takes the history along as a file", async () => {
    const reader = await browsing.signIn(PEOPLE.reader);
    await reader.visit(`${SHOP}/history`);
    const file = reader.page.waitForEvent("download");
    await reader.page.getByRole("main").getByRole("link", { name: /CSV/ }).click();
    expect((await file).suggestedFilename()).toMatch(/\.csv$/);
    await reader.leave();
  });

  test("signs out, and the address they were at asks who they are", async () => {
    const reader = await browsing.signIn(PEOPLE.reader);
    await reader.visit(SHOP);
    await reader.page.locator("header details summary").click();
    await reader.page.getByRole("button", { name: "Sign out" }).click();
    await reader.page.waitForURL(/sign-in/);
    await reader.visit(SHOP);
    expect(reader.page.url()).toContain("/-/sign-in?return_to=");
    await reader.leave();
  });
});

describe("a writer", () => {
  test("moves a ticket on along its workflow", async () => {
    expect(
      await asOne(PEOPLE.writer, async ({ visit, page }) => {
        await visit(SHOP);
        await page.getByLabel(`Mend ${world.tickets.inReview}`).click();
        await page.getByRole("button", { name: "Move to Ready to deploy" }).click();
        await told(page, `${world.tickets.inReview} is in “Ready to deploy” now`);
      }),
    ).toEqual([]);
    expect(stage.box.jira.findIssue(world.tickets.inReview)?.status.name).toBe("Ready to deploy");
  });

  test("attaches a ticket to a commit without one, and takes it off again", async () => {
    const short = world.unticketed.slice(0, 7);
    expect(
      await asOne(PEOPLE.writer, async ({ visit, page }) => {
        await visit(SHOP);
        await page.getByLabel(`Attach a ticket to ${short}`).click();
        const form = page.locator(`#attach-to-${world.unticketed}`);
        await form.getByLabel("Ticket").fill(world.tickets.ready);
        await form.getByLabel("Why it belongs to this commit").fill("it was forgotten");
        await form.getByRole("button").click();
        await told(page, `${world.tickets.ready} is attached to ${short}`);
        // The deploy is judged anew after the answer: whoever comes once it has been sees it.
        await stage.quiet();
        await visit(SHOP);
        await page.locator(`#commits-${world.tickets.ready} > summary`).click();
        await page.getByRole("button", { name: `Take it off: ${world.tickets.ready} from ${short}` }).click();
        await told(page, `${world.tickets.ready} is not attached to ${short} any more`);
      }),
    ).toEqual([]);
  });

  test("asks to check again", async () => {
    expect(
      await asOne(PEOPLE.writer, async ({ visit, page }) => {
        await visit(SHOP);
        await page.getByRole("button", { name: "Check again" }).click();
        await page.waitForURL(/request=/);
        await page.getByRole("main").getByRole("status").first().waitFor();
      }),
    ).toEqual([]);
  });

  test("halts, with a reason, and ends the halt", async () => {
    expect(
      await asOne(PEOPLE.writer, async ({ visit, page }) => {
        const checkout = `/${OWNER}/checkout`;
        await visit(checkout);
        await send(page, "halt", { Because: "orders are lost" });
        await page.getByRole("heading", { level: 1, name: "Deploys to production are held" }).waitFor();
        await told(page, /orders are lost/);
        await page.getByText("End the halt", { exact: true }).click();
        await page.locator("form[id^=form-resume]").getByLabel("Because").fill("they were found");
        await page.locator("form[id^=form-resume]").getByRole("button").click();
        await page.getByRole("heading", { level: 1, name: "Deploys to production are open" }).waitFor();
      }),
    ).toEqual([]);
  });

  test("asks for a rollback to what was live", async () => {
    expect(
      await asOne(PEOPLE.writer, async ({ visit, page }) => {
        await visit(SHOP);
        await send(page, "rollback", { "Commit to go back to": world.live, Because: "prices are wrong" });
        await told(page, new RegExp(world.live.slice(0, 7)));
        await page.waitForURL(/request=/);
      }),
    ).toEqual([]);
  });

  test("finds no way to override, and who may is said", async () => {
    expect(
      await asOne(PEOPLE.writer, async ({ visit, page }) => {
        await visit(SHOP);
        expect(await page.locator("#act-override").count()).toBe(0);
        await told(page, "Only admins can override what holds.");
      }),
    ).toEqual([]);
  });
});

describe("an admin", () => {
  test("is asked for a reason, keeps what was typed, and overrides", async () => {
    expect(
      await asOne(PEOPLE.admin, async ({ visit, page }) => {
        await visit(SHOP);
        await send(page, "override", { "Or exactly": "90m", Because: "the receipts are needed today" });
        await page.getByRole("heading", { level: 1, name: "Deploys to production are open" }).waitFor();
        await told(page, "the receipts are needed today");
        await visit(`${SHOP}/history`);
        await told(page, "the receipts are needed today");
      }),
    ).toEqual([]);
  });

  test("gives a case more time", async () => {
    const [, counting = 0] = await caseIds(stage, "storefront");
    expect(
      await asOne(PEOPLE.admin, async ({ visit, page }) => {
        await visit(`${SHOP}/cases/${counting}`);
        await send(page, "extend", { "Or exactly": "12h", Because: "the runner is being replaced" });
        await told(page, "the runner is being replaced");
      }),
    ).toEqual([]);
  });

  test("asks for what GitHub refused to be tried again", async () => {
    const refused = `status:%:${world.head}:holdpoint/pre-deploy`;
    await stage.holdpoint.database.query(
      "update holdpoint.effect set last_answer = '422 Validation Failed', updated_at = $2 where target like $1",
      [refused, stage.now()],
    );
    expect(
      await asOne(PEOPLE.admin, async ({ visit, page }) => {
        await visit("/operations");
        const row = page.locator("#effects").getByRole("button", { name: /^Try again/ });
        await row.click();
        await row.waitFor({ state: "detached" });
      }),
    ).toEqual([]);
  });

  test("accepts a looser policy", async () => {
    const repository = `${OWNER}/couriers`;
    const files = { ".github/holdpoint.yml": LOOSER };
    await stage.box.github.control.commit({ repository, branch: "main", message: "MINOR: looser", files });
    await stage.quiet();
    expect(
      await asOne(PEOPLE.admin, async ({ visit, page }) => {
        await visit(`/${repository}`);
        await send(page, "accept-policy", {});
        await page.waitForURL(/request=/);
        await page.locator("#act-accept-policy").waitFor({ state: "detached" });
      }),
    ).toEqual([]);
  });

  test("closes a case whose check has fallen silent", async () => {
    const [silent = 0] = await caseIds(stage, "couriers");
    const longAgo = new Date(stage.now().getTime() - 8 * 24 * 3_600_000);
    await stage.holdpoint.database.query(
      "update holdpoint.compliance_case set newest_red = jsonb_set(newest_red, '{at}', to_jsonb($2::text)) where id = $1",
      [silent, longAgo.toISOString()],
    );
    expect(
      await asOne(PEOPLE.admin, async ({ visit, page }) => {
        await visit(`/${OWNER}/couriers/cases/${silent}`);
        await send(page, "resolve", { Because: "the job was given up" });
        await told(page, "the job was given up");
        await page.locator("#act-resolve").waitFor({ state: "detached" });
      }),
    ).toEqual([]);
  });

  test("from nothing to a first verdict: a policy is proposed, opened on GitHub, committed, and judged by", async () => {
    expect(
      await asOne(PEOPLE.admin, async ({ visit, page }) => {
        await visit(`/${OWNER}/website`);
        const opened = page
          .context()
          .waitForEvent("page", { timeout: 3_000 })
          .catch(() => page);
        await page
          .getByRole("main")
          .getByRole("link", { name: /GitHub/ })
          .first()
          .click();
        const github = await opened;
        await github.getByRole("button", { name: "Commit to main" }).click();
        await github.waitForURL(`${stage.box.githubUrl}/${OWNER}/website`);
        await stage.quiet();
        await visit(`/${OWNER}/website`);
        await page.getByRole("heading", { level: 1, name: /^Deploys to / }).waitFor();
      }),
    ).toEqual([]);
  });
});
