import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browsing, openBrowser } from "./open-browser.ts";
import { openStage, type Stage } from "./open-stage.ts";
import { type Held, openOrganisation } from "./small-world.ts";
import { PEOPLE } from "./world-tools.ts";

let stage: Stage;
let browsing: Browsing;
let held: Held;

beforeAll(async () => {
  stage = await openStage();
  held = await (await openOrganisation(stage))("stays-open");
  browsing = await openBrowser(stage);
});
afterAll(async () => {
  await browsing.close();
  await stage.close();
});

const TYPED = "Typed in the middle of it";

describe("a page that stays open", () => {
  test("says that the connection is lost, and shows what happened meanwhile when it is back", async () => {
    const { context, page, visit, leave } = await browsing.signIn(PEOPLE.reader);
    await visit(held.path);
    await page.getByText("2 commits wait on").waitFor();
    await context.setOffline(true);
    await page.evaluate("htmx.trigger('#main', 'refresh')");
    const banner = page.getByText("Connection lost. What you see does not change by itself");
    await banner.waitFor();
    await held.tools.commit("stays-open", "Sort venues", PEOPLE.writer);
    await stage.quiet();
    await context.setOffline(false);
    await page.getByText("3 commits wait on").waitFor();
    await banner.waitFor({ state: "hidden" });
    expect(await banner.isVisible()).toBe(false);
    await leave();
  });

  test("REL-76: of somebody who was signed out keeps what they typed, and goes on when they sign in again", async () => {
    const { page, visit, leave } = await browsing.signIn(PEOPLE.writer);
    await visit(held.path);
    await page.getByLabel(`Mend ${held.ticket}`).click();
    await page.getByLabel("Post-deploy checks").fill(TYPED);
    await stage.holdpoint.database.query("delete from holdpoint.session where login = $1", [PEOPLE.writer]);
    await page.evaluate("htmx.trigger('#main', 'refresh')");
    const link = page.getByRole("link", { name: "sign in again in another tab, and go on here" });
    await link.waitFor();
    expect(await page.getByLabel("Post-deploy checks").inputValue()).toBe(TYPED);
    // What else the page showed is not for whoever sits there now.
    expect(await page.getByRole("main").innerText()).not.toMatch(/commits wait on|Check again/);

    const opened = page.waitForEvent("popup");
    await link.click();
    const tab = await opened;
    await tab
      .getByRole("main")
      .getByRole("link")
      .or(tab.getByRole("main").getByRole("button"))
      .first()
      .click();
    await tab.getByRole("button", { name: PEOPLE.writer, exact: true }).click();
    await tab.waitForURL(`${stage.url}/`);

    await page.bringToFront();
    await page.evaluate("htmx.trigger('#main', 'refresh')");
    await link.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Save to Jira" }).click();
    await page.getByText(`saved on ${held.ticket}`).waitFor();
    await leave();
  });

  test("REL-76: of somebody who was signed out, and typed nothing, is there no more", async () => {
    const { page, visit, leave } = await browsing.signIn(PEOPLE.writer);
    await visit(held.path);
    await stage.holdpoint.database.query("delete from holdpoint.session where login = $1", [PEOPLE.writer]);
    await page.evaluate("htmx.trigger('#main', 'refresh')");
    await page.waitForURL(/\/-\/sign-in\?return_to=/);
    expect(await page.content()).not.toContain(held.ticket);
    await leave();
  });

  test("leaves open what somebody opened, and the focus where it is, while it changes", async () => {
    const { page, problems, visit, leave } = await browsing.signIn(PEOPLE.admin);
    await visit(held.path);
    const opened = page.locator("main details:has(form)").first();
    await opened.locator("summary").click();
    const field = opened.locator("textarea, input:not([type=hidden])").first();
    await field.focus();
    await held.tools.commit("stays-open", "Paint the till", PEOPLE.writer);
    await stage.quiet();
    await page.getByText("4 commits wait on").waitFor();
    expect(await opened.getAttribute("open")).toBe("");
    expect(await page.evaluate("document.activeElement.closest('main details[open]') !== null")).toBe(true);
    expect(problems()).toEqual([]);
    await leave();
  });
});

describe("the keyboard", () => {
  test("shows its keys, searches, walks the rows; and is silent once it is switched off", async () => {
    const { page, problems, visit, leave } = await browsing.signIn(PEOPLE.reader);
    await visit("/");
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keyboard" });
    await keys.waitFor();
    await page.keyboard.press("Escape");
    await keys.waitFor({ state: "hidden" });

    await page.keyboard.press("/");
    await page.keyboard.type("stays");
    await page.waitForURL(`${stage.url}/?q=stays`);
    expect(await page.getByRole("searchbox").inputValue()).toBe("stays");
    await page.keyboard.press("Tab");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${stage.url}${held.path}`);

    await visit("/");
    await page.keyboard.press("?");
    await keys.getByLabel("Use these keys on this device").uncheck();
    await page.keyboard.press("Escape");
    await keys.waitFor({ state: "hidden" });
    await page.keyboard.press("/");
    expect(await page.evaluate("document.activeElement.id")).not.toBe("q");
    expect(problems()).toEqual([]);
    await leave();
  });
});

test("light or dark is kept, with and without JavaScript", async () => {
  for (const javaScript of [true, false]) {
    const { context, page, problems, visit, leave } = await browsing.signIn(PEOPLE.reader, { javaScript });
    await page.locator("[data-menu] summary").click();
    await page.getByRole("button", { name: "Dark" }).click();
    await expect
      .poll(async () => (await context.cookies()).find(({ name }) => name === "holdpoint-appearance")?.value)
      .toBe("dark");
    await visit(held.path);
    expect(await page.locator("html").getAttribute("data-color-mode")).toBe("dark");
    expect(problems()).toEqual([]);
    await leave();
  }
});
