import { afterAll, beforeAll, expect, test } from "vitest";
import { createVisitor } from "../../src/cli/demo-visitor.ts";
import { validateRestExchange } from "../../src/sandbox/validation/validate-rest.ts";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ inspect: validateRestExchange, signIn: true });
});
afterAll(() => shop.close());

const FIVE_MINUTES = 5 * 60_000;

/** What GitHub's page of a new file sends when its button is pressed. */
async function commitAt(address: string, as: string): Promise<void> {
  const { pathname, search, searchParams } = new URL(address);
  const filename = searchParams.get("filename") ?? "";
  // A browser's word for it: programs get the API at the same address.
  const headers = { accept: "text/html" };
  const page = await fetch(address, { headers });
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("mode: observe")]);
  const body = new URLSearchParams({
    filename,
    value: searchParams.get("value") ?? "",
    message: `Create ${filename}`,
    as,
  });
  const done = await fetch(new URL(`${pathname}${search}`, address), {
    method: "POST",
    headers,
    body,
    redirect: "manual",
  });
  expect([done.status, await done.text()]).toEqual([303, ""]);
}

test("from a repository without a policy to its first verdict: one page, one commit, within five minutes", async () => {
  const repo = await shop.repository({
    policy: null,
    files: { ".github/workflows/ci.yml": "on: push\njobs:\n  unit: { runs-on: x, steps: [] }\n" },
  });
  const { control } = shop.box.github;
  const key = shop.ticket();
  const sha = await repo.commit(`${key}: Charge in euros`);
  await control.finishWorkflowRun({
    repository: repo.name,
    sha,
    workflow: "ci.yml",
    branch: "main",
    jobs: [{ name: "unit", conclusion: "success" }],
  });
  await shop.quiet();
  expect(repo.posts()).toEqual([]);

  const [began, wall] = [shop.now().getTime(), performance.now()];
  const visitor = createVisitor({
    cockpit: new URL(shop.holdpoint().url).origin,
    github: new URL(shop.box.githubUrl).origin,
    login: "octocat",
    signal: AbortSignal.timeout(60_000),
  });
  let before = await visitor.read(`/${repo.name}`);
  // On a busy machine the page says that it reads, and comes again by itself.
  while (before.title === "Reading the repository") before = await visitor.read(`/${repo.name}`);
  expect(before.title).toBe(`Set up ${repo.name}`);
  expect(before.words).toContain("production: { base: { branch: production } }");
  expect(before.words).toContain("projects: [PLAY]");
  expect(before.words).toContain('- { workflow: "ci.yml", job: unit }');
  const address = before.links.find((link) => link.includes(`/${repo.name}/new/main?`)) ?? "no link";
  await commitAt(address, "octocat");
  await shop.quiet();

  const [, judged = ""] = /\/statuses\/([0-9a-f]{40})$/m.exec(repo.posts().join("\n")) ?? [];
  expect(await repo.preDeploy(judged)).toMatchObject({ state: "success" });
  const after = await visitor.read(`/${repo.name}`);
  expect(after.title).not.toBe(before.title);
  expect(after.words).toContain(key);
  // By Holdpoint's clock and by the wall's: nothing in between waited for a timer.
  expect(shop.now().getTime() - began).toBeLessThan(FIVE_MINUTES);
  expect(performance.now() - wall).toBeLessThan(FIVE_MINUTES);
  await shop.tick("installations");
  const operations = await visitor.read("/operations");
  expect(operations.words).toContain("Nothing waits, nothing failed");
  expect(operations.words).toMatch(/Policy in force .* calls left/);
  expect(shop.box.github.violations()).toEqual([]);
}, 120_000);
