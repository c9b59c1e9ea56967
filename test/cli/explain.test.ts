import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { check } from "../../src/cli/check.ts";
import { explain } from "../../src/cli/explain.ts";
import { openShop, type Repo, type Shop } from "../stories/shop.ts";
import { runCommand } from "./run-command.ts";

let shop: Shop;
let repo: Repo;
let key: string;
let sha: string;
beforeAll(async () => {
  shop = await openShop();
  repo = await shop.repository();
  key = shop.ticket({ risk: "" });
  sha = await repo.commit(`${key}: Charge in euros`);
});
afterAll(() => shop.close());

function ask(...given: readonly string[]) {
  return runCommand(explain, given, shop.box.environment);
}

describe("holdpoint explain", () => {
  test("says rule by rule why, and posts nothing", async () => {
    const posts = repo.posts().length;
    expect(await ask(repo.name)).toEqual({
      code: 1,
      out: [
        `${repo.name} at ${sha.slice(0, 9)} to production: held`,
        `  live: production at ${repo.first.slice(0, 9)}`,
        "  not-a-rollback",
        "    pass    ahead: everything live on “production” is in it",
        "  required-checks",
        "    pass    off: the policy asks for nothing here",
        "  ticket-present",
        "    pass    ok: every commit that needs a ticket has one",
        "  ticket-found",
        "    pass    ok: 1 ticket found in Jira",
        "  ticket-fields",
        `    fail    field-empty: 1 ticket lacks “Risk assessment”: ${key}`,
        "  ticket-status",
        "    pass    ok: 1 ticket in a status that may go out",
        "  ticket-complete",
        "    pass    ok: no ticket has work elsewhere",
        "",
      ].join("\n"),
      err: "",
    });
    expect(repo.posts()).toHaveLength(posts);
  });

  test("of another commit, as JSON", async () => {
    const { code, out, err } = await ask(repo.name, "--sha", repo.first, "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toMatchObject({
      schema: "holdpoint.explain/1",
      environment: "production",
      head: repo.first,
      decision: "open",
      would_be: "open",
      commits: 0,
    });
  });

  test("agrees with holdpoint check --repo", async () => {
    const checked = await runCommand(check, ["--repo", repo.name, "--json"], shop.box.environment);
    const explained = await ask(repo.name, "--json");
    expect(checked.code).toBe(1);
    const { findings, tickets } = z.record(z.string(), z.unknown()).parse(JSON.parse(checked.out));
    expect(JSON.parse(explained.out)).toMatchObject({ findings, tickets, verdict: "fail" });
  });
});

describe("what could not be asked exits 2 and says the next step", () => {
  test.each<[string, (name: string) => readonly string[], (name: string) => string]>([
    ["no repository", () => [], () => "holdpoint: name one repository: OWNER/NAME. See --help.\n"],
    [
      "two of them",
      (name) => [name, name],
      () => "holdpoint: name one repository: OWNER/NAME. See --help.\n",
    ],
    [
      "half a name",
      () => ["storefront"],
      () => "holdpoint: “storefront” is no repository: write OWNER/NAME.\n",
    ],
    [
      "one that is not there",
      () => ["acme/nowhere"],
      () =>
        "holdpoint: acme/nowhere was not found, or the App or token may not see it. Check the name and, for the App, that it is installed there.\n",
    ],
    [
      "an environment that the policy does not name",
      (name) => [name, "--environment", "staging"],
      () => "holdpoint: the policy knows no environment “staging”; it names production.\n",
    ],
    [
      "a ref that is not there",
      (name) => [name, "--sha", "nowhere"],
      () => "holdpoint: --head “nowhere” is no branch, tag or commit of that repository.\n",
    ],
  ])("%s", async (_, given, err) => {
    expect(await ask(...given(repo.name))).toEqual({ code: 2, out: "", err: err(repo.name) });
  });

  test("a repository without a policy", async () => {
    const bare = await shop.repository({ policy: null });
    expect(await ask(bare.name)).toEqual({
      code: 2,
      out: "",
      err: `holdpoint: ${bare.name} has no policy (.github/holdpoint.yml on its default branch, or in the organisation's .github repository). Give --base and --head to check a range without one.\n`,
    });
  });

  test("a policy that cannot be used, with every problem's line", async () => {
    const broken = await shop.repository({ policy: "mode: enforce\ntickets: { require: of }\n" });
    const { code, out, err } = await ask(broken.name);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(
      new RegExp(
        `^holdpoint: the policy of ${broken.name} cannot be used:\\n\\.github/holdpoint\\.yml:2:21 tickets\\.require .*\\n1 problem\\.`,
      ),
    );
  });

  test("without settings: every one is named", async () => {
    const { code, out, err } = await runCommand(explain, [repo.name]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe(
      "A setting needs your attention:\n  GITHUB_TOKEN is missing: set it to a token that may read the repository, or set the App's APP_ID and PRIVATE_KEY.\n",
    );
  });
});
