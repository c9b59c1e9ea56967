import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { parsePlainYaml } from "../../src/policy/parse-plain-yaml.ts";
import { validateRestExchange } from "../../src/sandbox/validation/validate-rest.ts";
import { openShop, type Shop } from "./shop.ts";

const POLICY = `
deploy:
  environments:
    production: { base: { branch: production } }
tickets: { require: off }
deferred: { checks: [{ name: Slow, match: { workflow: "slow.yml" }, owners: ["@acme/server"] }] }
`;
const manifest = z.object({
  default_permissions: z.record(z.string(), z.enum(["read", "write"])),
  default_events: z.array(z.string()),
});

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ inspect: validateRestExchange });
  const text = await readFile(new URL("../../app.yml", import.meta.url), "utf8");
  const { default_permissions: permissions, default_events: events } = manifest.parse(parsePlainYaml(text));
  await shop.spectatorOf("acme");
  await shop.box.github.control.setInstallationPermissions({ account: "acme", permissions, events });
});
afterAll(() => shop.close());

test("I10: from red to halt to green Holdpoint asks only what the App may, and only as GitHub describes it", async () => {
  const { control } = shop.box.github;
  const { name: repository, commit } = await shop.repository({
    policy: POLICY,
    files: { ".github/CODEOWNERS": "* @monalisa docs@example.com\n" },
  });
  const seen = await shop.spectatorOf("acme");
  const issues = () => seen.issues(repository, "deferred-compliance");
  async function finish(conclusion: "success" | "failure", sha: string): Promise<void> {
    const jobs = [{ name: "slow", conclusion }];
    await control.finishWorkflowRun({ repository, sha, branch: "main", workflow: "slow.yml", jobs });
    await shop.quiet();
  }

  await finish("success", await commit("Start"));
  const files = { "cents.txt": "1" };
  await control.commit({ repository, branch: "cents", from: "main", message: "Charge in cents", files });
  const { number } = await control.openPullRequest({ repository, head: "cents", title: "Charge in cents" });
  const { sha } = await control.mergePullRequest({ repository, number });
  await shop.quiet();
  await finish("failure", sha);
  await shop.tick("deadlines");
  const [opened] = await issues();
  expect(opened?.body.split("### ")[2]?.trimEnd()).toBe(
    "Who is told\n- @octocat: wrote a pull request of that range\n- @monalisa: owns code that it changed\n- @acme/server: owns the check",
  );
  expect(opened?.body).toContain(`\n   git revert -m 1 ${sha}\n`);
  shop.pass(73 * 3_600_000);
  await shop.tick("deadlines");
  expect(await issues()).toMatchObject([{ state: "open", labels: ["deferred-compliance", "deploy-halt"] }]);
  await finish("success", await commit("Round the cents"));
  expect(await issues()).toMatchObject([{ state: "closed", labels: ["deferred-compliance"] }]);

  const requests = shop.box.github.requests.list();
  expect(requests.filter(({ status }) => status === 403 || status === 401)).toEqual([]);
  expect(shop.box.github.violations()).toEqual([]);
}, 60_000);
