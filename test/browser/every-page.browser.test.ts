import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildWorld } from "./build-world.ts";
import { findBarriers } from "./find-barriers.ts";
import { type Browsing, openBrowser, type Visitor } from "./open-browser.ts";
import { openStage, type Stage } from "./open-stage.ts";
import { pagesOf, type Place } from "./pages-of.ts";
import { PEOPLE } from "./world-tools.ts";

let stage: Stage;
let browsing: Browsing;
let places: readonly Place[] = [];

beforeAll(async () => {
  stage = await openStage();
  const world = await buildWorld(stage);
  browsing = await openBrowser(stage);
  places = await pagesOf(stage, world);
});
afterAll(async () => {
  await browsing.close();
  await stage.close();
});

/** Visits every page and answers what each gave, without those that gave nothing. */
async function ofEach(
  visitor: Visitor,
  look: (place: Place) => Promise<readonly string[]>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = {};
  for (const place of places) {
    const status = await visitor.visit(place.path);
    const said = await look(place);
    const all = status === 200 ? said : [`was answered ${status}`, ...said];
    if (all.length > 0) found[place.name] = all;
  }
  await visitor.leave();
  return found;
}

describe("every page", () => {
  test.each(["light", "dark"] as const)(
    "has no serious or critical barrier (axe) and is in order, %s",
    async (theme) => {
      const visitor = await browsing.signIn(PEOPLE.admin, { theme });
      const found = await ofEach(visitor, async () => [
        ...(await findBarriers(visitor.page)),
        ...(await visitor.page.evaluate<readonly string[]>(ORDERLY)),
        ...(await sideways(visitor)),
      ]);
      expect(found).toEqual({});
      expect(visitor.problems()).toEqual([]);
    },
  );

  test("needs no scrolling sideways on a phone of 360 px", async () => {
    const visitor = await browsing.signIn(PEOPLE.admin, { width: 360 });
    expect(await ofEach(visitor, () => sideways(visitor))).toEqual({});
    expect(visitor.problems()).toEqual([]);
  });

  test("REL-76: nothing that is not the server's own may run, be framed or be kept", async () => {
    const visitor = await browsing.signIn(PEOPLE.writer);
    const missing: Record<string, readonly string[]> = {};
    const addresses = [...places.map(({ path }) => path), "/acme/nothing", "/-/sign-in", "/signed-in"];
    for (const path of addresses) {
      const answer = await visitor.context.request.get(`${stage.url}${path}`, { maxRedirects: 0 });
      const wrong = wrongHeaders(answer.headers());
      if (wrong.length > 0) missing[path] = wrong;
    }
    expect(missing).toEqual({});
    await visitor.leave();
  });
});

async function sideways({ page }: Visitor): Promise<readonly string[]> {
  const [wide, seen] = await page.evaluate<readonly number[]>(
    "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
  );
  return (wide ?? 0) > (seen ?? 0) ? [`${wide} px wide`] : [];
}

/** Runs in the page: what is not in order there, of titles, headings and ids. */
const ORDERLY = `(() => {
  const odd = [];
  if (!document.title.includes("Holdpoint")) odd.push("the title is " + document.title);
  const levels = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((one) => Number(one.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) odd.push("headings: " + levels.join(" "));
  levels.forEach((level, at) => { if (at > 0 && level > levels[at - 1] + 1) odd.push("a level is left out: " + levels.join(" ")); });
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length > 0) odd.push("ids that stand twice: " + twice.join(" "));
  return odd;
})()`;

function wrongHeaders(headers: Readonly<Record<string, string>>): readonly string[] {
  const policy = headers["content-security-policy"] ?? "";
  const wanted = ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"];
  return [
    ...wanted.filter((part) => !policy.includes(part)).map((part) => `the policy lacks ${part}`),
    ...["unsafe-inline", "unsafe-eval", "data:", "*"]
      .filter((part) => policy.includes(part))
      .map((part) => `the policy has ${part}`),
    ...(headers["x-content-type-options"] === "nosniff" ? [] : ["types may be guessed"]),
    ...(headers["referrer-policy"] === undefined ? ["nothing is said of referrers"] : []),
    ...(headers["cache-control"]?.includes("no-store") === true ? [] : ["it may be kept"]),
  ];
}
