import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildWorld } from "./build-world.ts";
import { CHROMIUM_MISSING, findChromium } from "./find-chromium.ts";
import { openBrowser } from "./open-browser.ts";
import { openStage } from "./open-stage.ts";
import { pagesOf } from "./pages-of.ts";
import { smallerPng } from "./smaller-png.ts";
import { PEOPLE } from "./world-tools.ts";

/**
 * `npm run screenshots`: each page, light and dark, on a phone and on a desk, into `docs/screenshots/`; with `-- --to FOLDER` into
 * another folder, and then every state of every page.
 */
const SHOWN: ReadonlySet<string> = new Set([
  "overview",
  "repository",
  "repository-open",
  "mending",
  "cases",
  "case-expired",
  "why",
  "history",
  "operations",
  "first-visit",
]);
const SCREENS = [
  ["desktop", 1_280],
  ["phone", 390],
] as const;
/** What is further down says nothing new, and makes the files large. */
const LONGEST = { desktop: 1_150, phone: 1_600 } as const;

const at = process.argv.indexOf("--to");
const given = at === -1 ? undefined : process.argv[at + 1];
const folder = given ?? fileURLToPath(new URL("../../docs/screenshots", import.meta.url));

async function takeAll(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const stage = await openStage();
  const browsing = await openBrowser(stage);
  try {
    const world = await buildWorld(stage);
    const places = (await pagesOf(stage, world)).filter(({ name }) => given !== undefined || SHOWN.has(name));
    for (const theme of ["light", "dark"] as const) {
      for (const [screen, width] of SCREENS) {
        const visitor = await browsing.signIn(PEOPLE.admin, { theme, width });
        for (const { name, path } of places) {
          await visitor.visit(path);
          const height = await visitor.page.evaluate<number>("document.documentElement.scrollHeight");
          const file = `${folder}/${name}-${theme}-${screen}.png`;
          const picture = await visitor.page.screenshot({
            fullPage: true,
            clip: {
              x: 0,
              y: 0,
              width,
              height: given === undefined ? Math.min(height, LONGEST[screen]) : height,
            },
          });
          const smaller = smallerPng(picture);
          await writeFile(file, smaller);
          process.stdout.write(`${file} ${(smaller.byteLength / 1_000).toFixed(0)} KB\n`);
        }
        for (const problem of visitor.problems()) process.stdout.write(`  ${problem}\n`);
        await visitor.leave();
      }
    }
  } finally {
    await browsing.close();
    await stage.close();
  }
}

if (findChromium(process.env) === null) {
  process.stderr.write(CHROMIUM_MISSING);
  process.exitCode = 1;
} else {
  await takeAll();
}
