import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repositoryPath, whyPath } from "../../src/domain/cockpit-paths.ts";
import { buildHostileWorld, type HostileWorld, TEXTS } from "./hostile-world.ts";
import { type Browsing, openBrowser, type Visitor } from "./open-browser.ts";
import { openStage, type Stage } from "./open-stage.ts";
import { caseIds } from "./pages-of.ts";
import { OWNER, PEOPLE } from "./world-tools.ts";

let stage: Stage;
let browsing: Browsing;
let world: HostileWorld;
let visitor: Visitor;
const here = repositoryPath({ owner: OWNER, name: "hostile" });

beforeAll(async () => {
  stage = await openStage();
  world = await buildHostileWorld(stage);
  browsing = await openBrowser(stage);
  visitor = await browsing.signIn(PEOPLE.admin);
});
afterAll(async () => {
  await browsing.close();
  await stage.close();
});

/** Whether anything that came from outside has become more than text. */
async function canary(): Promise<unknown> {
  return await visitor.page.evaluate("window.__canary ?? null");
}

/** Opens whatever can be opened. */
const OPEN_ALL = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })";

async function addresses(): Promise<readonly string[]> {
  const [id = 0] = await caseIds(stage, "hostile");
  const environment = "<img src=x onerror=window.__canary='environment'>";
  return [
    "/",
    `/?q=${encodeURIComponent(TEXTS[0])}`,
    here,
    `${here}?environment=${encodeURIComponent(environment)}`,
    `${here}?environment=${encodeURIComponent(TEXTS[4])}`,
    `${here}?q=${encodeURIComponent(TEXTS[2])}`,
    `${here}/mend/${world.ticket}`,
    `${here}/cases`,
    `${here}/cases/${id}`,
    whyPath({ owner: OWNER, name: "hostile" }, { environment, sha: world.head }),
    `${here}/why?environment=${encodeURIComponent(TEXTS[1])}&sha=${encodeURIComponent(TEXTS[1])}`,
    `${here}/history`,
    `${here}/history?kind=${encodeURIComponent(TEXTS[0])}&from=${encodeURIComponent(TEXTS[2])}&by=${encodeURIComponent(TEXTS[3])}`,
    `/-/sign-in?return_to=${encodeURIComponent("javascript:window.__canary='return'")}`,
    "/operations",
  ];
}

describe("REL-76: hostile text in every field of REL-74", () => {
  test("is text on every page, with everything opened, and asks nobody for anything", async () => {
    const wrong: Record<string, unknown> = {};
    for (const path of await addresses()) {
      await visitor.visit(path);
      await visitor.page.evaluate(OPEN_ALL);
      await visitor.page.waitForLoadState("networkidle");
      const found = await canary();
      if (found !== null) wrong[path] = found;
      const made = await visitor.page.evaluate<number>(
        "document.querySelectorAll('main script, main iframe, main style, main base, main meta, main img[src=x], main [onerror], main [onload], main [ontoggle], main a[href^=javascript]').length",
      );
      if (made > 0) wrong[`${path}: elements`] = made;
    }
    expect(wrong).toEqual({});
    expect(unexpected()).toEqual([]);
  });

  test("is shown, and not swallowed: subjects, the ticket's summary, its fields", async () => {
    await visitor.visit(here);
    await visitor.page.evaluate(OPEN_ALL);
    const words = await visitor.page.getByRole("main").innerText();
    expect(words).toContain(TEXTS[0]);
    expect(words).toContain(TEXTS[1]);
    expect(words).not.toMatch(/(?![\n\t])\p{Cc}|\p{Bidi_Control}|\u200B|\uFEFF/u);
  });

  test("typed into forms comes back as it was typed, and is text where it is shown", async () => {
    await visitor.visit(here);
    await visitor.page.getByText("Halt deploys", { exact: true }).click();
    const form = visitor.page.locator("#form-halt");
    await form.getByLabel("Because").fill(TEXTS.slice(0, 5).join(" "));
    await form.getByRole("button").click();
    await visitor.page.waitForLoadState("networkidle");
    await visitor.visit(`${here}/history`);
    expect(await visitor.page.getByRole("main").innerText()).toContain(TEXTS[0]);
    expect(await canary()).toBeNull();
    expect(unexpected()).toEqual([]);
  });
});

/** Addresses that name nothing are answered 404, and no date at all stands in a field for dates: browsers note that. */
function unexpected(): readonly string[] {
  const expected =
    /the server responded with a status of (?:400|404)|does not conform to the required format/;
  return visitor.problems().filter((problem) => !expected.test(problem));
}
