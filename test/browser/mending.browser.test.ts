import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browsing, openBrowser } from "./open-browser.ts";
import { openStage, type Stage } from "./open-stage.ts";
import { checksOf, commentsOf, type Held, openOrganisation } from "./small-world.ts";
import { PEOPLE } from "./world-tools.ts";

let stage: Stage;
let browsing: Browsing;
let openRepository: (name: string) => Promise<Held>;

beforeAll(async () => {
  stage = await openStage();
  openRepository = await openOrganisation(stage);
  browsing = await openBrowser(stage);
});
afterAll(async () => {
  await browsing.close();
  await stage.close();
});

const LACKS = "1 ticket lacks “Post-deploy checks”";
const TYPED = "Place a test order in Lisbon, see EUR on the receipt";

function lacks(page: Page): Locator {
  return page.getByRole("list", { name: "Why it is so" }).getByText(LACKS);
}

/** The forms of a ticket are asked for when its row is opened. */
async function openForm(page: Page, ticket: string): Promise<void> {
  await page.getByLabel(`Mend ${ticket}`).click();
  await page.getByLabel("Post-deploy checks").waitFor();
  // The rest of the page is still there.
  await page.getByRole("heading", { level: 1, name: "Deploys to production are held" }).waitFor();
}

describe("two people at once", () => {
  test("what one mends, the other sees within a second, and does not load the page again", async () => {
    const held = await openRepository("seen-by-two");
    const one = await browsing.signIn(PEOPLE.writer);
    const other = await browsing.signIn(PEOPLE.admin);
    await one.visit(held.path);
    await other.visit(held.path);
    await other.page.evaluate("window.__loadedOnce = true");
    await lacks(other.page).waitFor();
    await openForm(one.page, held.ticket);
    await one.page.getByLabel("Post-deploy checks").fill(TYPED);
    const goneThere = one.page.getByText(`saved on ${held.ticket}`).waitFor().then(now);
    const goneHere = lacks(other.page).waitFor({ state: "detached" }).then(now);
    await one.page.getByRole("button", { name: "Save to Jira" }).click();
    const [there, here] = await Promise.all([goneThere, goneHere]);
    expect(here - there).toBeLessThan(1_000);
    expect(await other.page.evaluate("window.__loadedOnce")).toBe(true);
    expect(checksOf(stage, held.ticket)).toContain(TYPED);
    expect(commentsOf(stage, held.ticket).join()).toContain(
      `${PEOPLE.writer} on GitHub filled in Post-deploy checks through Holdpoint.`,
    );
    expect([...one.problems(), ...other.problems()]).toEqual([]);
    await one.leave();
    await other.leave();
  });

  test("a change on GitHub is on an open page within a second of what Holdpoint noted", async () => {
    const held = await openRepository("seen-from-github");
    const visitor = await browsing.signIn(PEOPLE.reader);
    await visitor.visit(held.path);
    await visitor.page.getByText("2 commits wait on").waitFor();
    const shown = visitor.page.getByText("3 commits wait on").waitFor().then(now);
    await held.tools.commit("seen-from-github", "Sort venues", "hubot");
    await stage.quiet();
    const noted = now();
    expect((await shown) - noted).toBeLessThan(1_000);
    expect(visitor.problems()).toEqual([]);
    await visitor.leave();
  });

  test("the later of two menders sees what changed, loses nothing typed, and overwrites nothing unseen", async () => {
    const held = await openRepository("two-menders");
    const first = await browsing.signIn(PEOPLE.admin);
    const second = await browsing.signIn(PEOPLE.writer);
    for (const { visit, page } of [first, second]) {
      await visit(held.path);
      await openForm(page, held.ticket);
    }
    await second.page.getByLabel("Post-deploy checks").fill("Typed by the second");
    await first.page.getByLabel("Post-deploy checks").fill("Typed by the first");
    await first.page.getByRole("button", { name: "Save to Jira" }).click();
    await first.page.getByText(`saved on ${held.ticket}`).waitFor();
    await lacks(second.page).waitFor({ state: "detached" });
    expect(await second.page.getByLabel("Post-deploy checks").inputValue()).toBe("Typed by the second");
    await second.page.getByRole("button", { name: "Save to Jira" }).click();
    await second.page.getByText(`Somebody changed ${held.ticket} after you opened the form`).waitFor();
    const main = await second.page.getByRole("main").innerText();
    expect(main).toContain("Typed by the first");
    expect(await second.page.getByLabel("Post-deploy checks").inputValue()).toBe("Typed by the second");
    expect(checksOf(stage, held.ticket)).toContain("Typed by the first");
    await second.page.getByRole("button", { name: "Save over what is there now" }).click();
    await second.page.getByText(`saved on ${held.ticket}`).waitFor();
    expect(checksOf(stage, held.ticket)).toContain("Typed by the second");
    expect([...first.problems(), ...second.problems()]).toEqual([]);
    await first.leave();
    await second.leave();
  });
});

test("with the keyboard alone a repository is opened, a field filled in and saved, and the gate overridden", async () => {
  const held = await openRepository("by-keyboard");
  const visitor = await browsing.signIn(PEOPLE.admin);
  const { page } = visitor;
  await visitor.visit("/");
  await page.keyboard.press("Tab");
  expect(await focused(page)).toContain("content");
  await tabTo(page, "by-keyboard");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${stage.url}${held.path}`);
  await tabTo(page, `Mend ${held.ticket}`);
  await page.keyboard.press("Enter");
  await page.getByLabel("Post-deploy checks").waitFor();
  await tabTo(page, "Post-deploy checks");
  await page.keyboard.type(TYPED);
  await tabTo(page, "Save to Jira");
  await page.keyboard.press("Enter");
  await page.getByText(`saved on ${held.ticket}`).waitFor();
  expect(checksOf(stage, held.ticket)).toContain(TYPED);

  await visitor.visit(held.path);
  await tabTo(page, "Override");
  await page.keyboard.press("Enter");
  await tabTo(page, "Because");
  await page.keyboard.type("the caches are measured tomorrow");
  await tabTo(page, "Lift it for that time");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Deploys to production are open" }).waitFor();
  expect(visitor.problems()).toEqual([]);
  await visitor.leave();
});

test("without JavaScript a field is filled in and a ticket attached", async () => {
  const held = await openRepository("without-scripts");
  const visitor = await browsing.signIn(PEOPLE.writer, { javaScript: false });
  const { page } = visitor;
  await visitor.visit(held.path);
  await page.getByLabel(`Mend ${held.ticket}`).click();
  await page.getByRole("link", { name: "Open the form" }).first().click();
  await page.getByLabel("Post-deploy checks").fill(TYPED);
  await page.getByRole("button", { name: "Save to Jira" }).click();
  await page.getByText(`saved on ${held.ticket}`).waitFor();
  expect(checksOf(stage, held.ticket)).toContain(TYPED);

  await visitor.visit(held.path);
  await page.getByLabel(`Attach a ticket to ${held.unticketed.slice(0, 7)}`).click();
  const form = page.locator(`#attach-to-${held.unticketed}`);
  await form.getByLabel("Ticket").fill(held.other);
  await form.getByLabel("Why it belongs to this commit").fill("it was forgotten");
  await form.getByRole("button", { name: `Attach: ${held.unticketed.slice(0, 7)}` }).click();
  await page.getByText("it was forgotten").first().waitFor();
  await stage.quiet();
  await visitor.visit(held.path);
  await page.getByRole("heading", { level: 1, name: "Deploys to production are open" }).waitFor();
  expect(visitor.problems()).toEqual([]);
  await visitor.leave();
});

function now(): number {
  return performance.now();
}

const FOCUSED = `(() => {
  const at = document.activeElement;
  if (at === document.body || at.id === "main") return "";
  const label = at.labels === undefined || at.labels === null ? "" : [...at.labels].map((one) => one.innerText).join(" ");
  return [at.getAttribute("aria-label") ?? "", label, at.innerText ?? ""].join(" ").trim();
})()`;

async function focused(page: Page): Promise<string> {
  return await page.evaluate<string>(FOCUSED);
}

/** As somebody does who has no mouse: on and on, until it is reached. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    if ((await focused(page)).includes(wanted)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${wanted}`);
}
