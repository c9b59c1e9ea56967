import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { check } from "../../src/cli/check.ts";
import { type TestClone, makeClone, makeFolder } from "../adapters/git/make-clone.ts";
import { runCommand } from "./run-command.ts";

let clone: TestClone;
let shas: Record<"live" | "french" | "tidy", string>;
beforeAll(() => {
  clone = makeClone();
  shas = {
    live: clone.commit("PLAY-1: live"),
    french: clone.commit("PLAY-2: Speak French"),
    tidy: clone.commit("Tidy up\u001B[2J"),
  };
  writeFileSync(join(clone.path, "good.yml"), "tickets: { require: off }\n");
  writeFileSync(join(clone.path, "bad.yml"), "tickets:\n  require: of\n");
});
afterAll(() => clone.remove());

function run(given: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return runCommand(check, given, environment, clone.path);
}
/** The range of a test, in the clone. */
function range(base: string, head: string): readonly string[] {
  return ["--git", clone.path, "--base", base, "--head", head];
}
function short(name: keyof typeof shas): string {
  return shas[name].slice(0, 7);
}

const NOT_ASKED =
  "  not asked here: ticket-found, ticket-fields, ticket-status, ticket-complete, required-checks";
const PREFIXES =
  "No list of projects was given: prefixes seen at least twice in places where tickets are named count as projects.";

describe("the exit code and the whole text of a check of a clone", () => {
  test("0: it may go", async () => {
    expect(await run(range(shas.live, shas.french))).toEqual({
      code: 0,
      out: [
        `${short("live")}..${short("french")}  ahead: 1 commit would go out, 0 would be lost`,
        "PASS: it may go out",
        "",
        "  pass     not-a-rollback    everything live on “" + shas.live + "” is in it",
        "  pass     ticket-present    every commit that needs a ticket has one",
        NOT_ASKED,
        "",
        "1 ticket",
        "  PLAY-2          1 commit",
        "",
        PREFIXES,
        "",
      ].join("\n"),
      err: "",
    });
  });

  test("1: it is held; what strangers wrote cannot move the cursor", async () => {
    expect(await run(range("main~1", "main"))).toEqual({
      code: 1,
      out: [
        `${short("french")}..${short("tidy")}  ahead: 1 commit would go out, 0 would be lost`,
        "FAIL: it must not go out like this",
        "",
        "  pass     not-a-rollback    everything live on “main~1” is in it",
        `  fail     ticket-present    1 commit without ticket: ${short("tidy")}`,
        NOT_ASKED,
        "",
        "1 commit without ticket",
        `  ${short("tidy")}  Tidy up�[2J`,
        "",
        PREFIXES,
        "",
      ].join("\n"),
      err: "",
    });
  });

  test("0 under a policy that asks for no tickets; --json is one line of one schema", async () => {
    const { code, out, err } = await run([...range("main~1", "main"), "--policy", "good.yml", "--json"]);
    expect({ code, err, lines: out.split("\n").length }).toEqual({ code: 0, err: "", lines: 2 });
    expect(JSON.parse(out)).toMatchObject({
      schema: "holdpoint.check/1",
      base: shas.french,
      head: shas.tidy,
      verdict: "pass",
      commits: 1,
    });
  });

  test("2: unrelated histories cannot be judged", async () => {
    clone.git("checkout", "--quiet", "--orphan", "stranger");
    const stranger = clone.commit("PLAY-9: elsewhere");
    clone.git("checkout", "--quiet", "main");
    const { code, out } = await run(range(stranger, "main"));
    expect(code).toBe(2);
    expect(out).toContain("\nUNKNOWN: could not verify\n");
  });
});

describe("a check that could not be made exits 2 and says the next step", () => {
  const MODE =
    "holdpoint: name either a clone (--git PATH) or a repository on GitHub (--repo OWNER/NAME). See --help.\n";

  test.each<[string, readonly string[], string]>([
    ["nothing named", [], MODE],
    ["both named", ["--git", ".", "--repo", "acme/storefront"], MODE],
    ["a word too many", ["--git", ".", "main"], MODE],
    [
      "no base",
      ["--git", ".", "--head", "main"],
      "holdpoint: --base is missing: a branch, a tag or a commit. See --help.\n",
    ],
    [
      "no head",
      ["--git", ".", "--base", "main"],
      "holdpoint: --head is missing: a branch, a tag or a commit. See --help.\n",
    ],
    [
      "no such folder",
      ["--git", "/no/such/clone", "--base", "a", "--head", "b"],
      "holdpoint: There is no folder “/no/such/clone”. Give the path of a git clone with --git.\n",
    ],
    [
      "no token and no App",
      ["--repo", "acme/storefront"],
      "A setting needs your attention:\n  GITHUB_TOKEN is missing: set it to a token that may read the repository, or set the App's APP_ID and PRIVATE_KEY.\n",
    ],
  ])("%s", async (_, given, err) => {
    expect(await run(given)).toEqual({ code: 2, out: "", err });
  });

  test("an unknown ref", async () => {
    expect(await run(range("nowhere", "main"))).toEqual({
      code: 2,
      out: "",
      err: `holdpoint: There is no “nowhere” in “${clone.path}”. Give --base a branch, a tag or a commit that is there; holdpoint never fetches, so run git fetch first where it is new.\n`,
    });
  });

  test("a folder that is no clone", async () => {
    const folder = makeFolder();
    const ran = await run(["--git", folder.path, "--base", "a", "--head", "b"]);
    folder.remove();
    expect(ran).toEqual({
      code: 2,
      out: "",
      err: `holdpoint: “${folder.path}” is no git clone. Give the top folder of a clone, its .git folder, or a bare clone.\n`,
    });
  });

  test("a policy file that is not there, or wrong", async () => {
    expect(await run([...range("main~1", "main"), "--policy", "none.yml"])).toEqual({
      code: 2,
      out: "",
      err: "holdpoint: cannot read none.yml: there is no such file; check the path.\n",
    });
    const { code, out, err } = await run([...range("main~1", "main"), "--policy", "bad.yml"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^bad\.yml:2:12 tickets\.require .*\n1 problem\. /);
  });

  test("wrong settings of Jira, all at once, no value of theirs; --offline needs none", async () => {
    const wrong = { JIRA_BASE_URL: "http://jira.example.com", JIRA_PAT: "hunter2", JIRA_EMAIL: "a@b.c" };
    const { code, out, err } = await run(range("main~1", "main"), wrong);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^[^\n]*need[^\n]*your attention:\n(?: {2}JIRA_[A-Z_]+ [^\n]+\n)+$/);
    expect(err).not.toMatch(/hunter2|a@b\.c|jira\.example/);
    expect((await run([...range("main~1", "main"), "--offline"], wrong)).code).toBe(1);
  });

  test("an option that does not exist", async () => {
    const { code, err } = await run(["--gti", "."]);
    expect(code).toBe(2);
    expect(err).toMatch(/^holdpoint: Unknown option '--gti'.* See --help\.\n$/);
  });
});

test("no file of the clone is written and nothing is fetched", async () => {
  const before = clone.git("status", "--porcelain", "--untracked-files=all");
  await run(range("main~1", "main"));
  expect(clone.git("status", "--porcelain", "--untracked-files=all")).toBe(before);
});
