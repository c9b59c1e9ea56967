import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import * as names from "../../src/policy/name-problems.ts";

/** What is fine and what is not, by kind of name; whole sentences are in `problems.test.ts`. */
const KINDS: readonly {
  readonly kind: string;
  readonly find: names.NameProblem;
  readonly good: readonly string[];
  readonly bad: readonly string[];
}[] = [
  {
    kind: "a project key",
    find: names.findProjectProblem,
    good: ["PLAY", "OP", "A1", "AB_CD", "ABCDEFGHIJ"],
    bad: ["A", "play", "1AB", "_AB", "PLAY-1", "ABCDEFGHIJK", "ÄB", "ＡＢ", ""],
  },
  {
    kind: "a login",
    find: names.findLoginProblem,
    good: ["octocat", "dependabot[bot]", "mona-lisa", "mona_acme", "1up", "Octocat"],
    bad: ["@octocat", "-a", "a b", "[bot]", "a[bot]x", "a/b", "me@example.com", "ü", ""],
  },
  {
    kind: "a team",
    find: names.findTeamProblem,
    good: ["acme/release", "acme-inc/team_1"],
    bad: ["release", "@acme/release", "acme/", "/release", "a/b/c", "acme/re lease"],
  },
  {
    kind: "an owner",
    find: names.findOwnerProblem,
    good: ["@octocat", "@acme/server"],
    bad: ["octocat", "acme/server", "@", "@@a", "@a/b/c", "me@example.com", "@a b"],
  },
  {
    kind: "a workflow",
    find: names.findWorkflowProblem,
    good: ["ci.yml", "build and test.yaml", "ci.prod.yml"],
    bad: ["CI", "ci.yml/", "a/ci.yml", "a\\ci.yml", "*.yml", ".yml", "ci.json", "ci.yml "],
  },
  {
    kind: "an App",
    find: names.findAppProblem,
    good: ["some-ci", "github-actions"],
    bad: ["Some CI", "some-ci[bot]", "Some", ""],
  },
  {
    kind: "a Slack channel",
    find: names.findChannelProblem,
    good: ["#deploys", "#déploiements", "#a_b-1", "C012AB3CD", "G012AB3CD"],
    bad: ["deploys", "#", "#a b", "#a,b", "D012AB3CD", "c012ab3cd", "<!channel>", "#<x>"],
  },
  {
    kind: "a Slack member",
    find: names.findSlackUserProblem,
    good: ["U012AB3CD", "W012AB3CD"],
    bad: ["@mona", "mona", "u012ab3cd", "U1", "<@U012AB3CD>"],
  },
  {
    kind: "a status of somebody else",
    find: names.findOwnContextProblem,
    good: ["*", "ci/*", "holdpoint", "my/holdpoint/gate", "*/gate"],
    bad: ["holdpoint/gate", "holdpoint/*", "HoldPoint/x", "holdpoint/gate (staging)"],
  },
];

describe.each(KINDS)("$kind", ({ find, good, bad }) => {
  test.each(good)("may be %j", (value) => {
    expect(find(value)).toBeNull();
  });
  test.each(bad)("may not be %j", (value) => {
    expect(find(value)).toMatch(/^[A-Z“].+\.$/s);
  });
});

describe("a branch is what git itself takes for one", () => {
  const branches = [
    ..."main release/1.2 feature/PLAY-1 a.b a-b a_b v1.0 @a a@ a@b ä/ö #1 a{b} a'b a\"b a$b a,b a;b(c) refs-x 1".split(
      " ",
    ),
    ..."a..b a~1 a^ a:b a?b a*b a[b a\\b /a a/ a//b .a a/.b a.lock a.lock/b a. a/b. a@{b -a a/-b a.lockx".split(
      " ",
    ),
    "a b",
  ];
  test.each(branches)("%s", (branch) => {
    const git = spawnSync("git", ["check-ref-format", "--branch", branch]);
    expect(git.error).toBeUndefined();
    expect(names.findBranchProblem(branch) === null).toBe(git.status === 0);
  });

  test("but @, which git reads as HEAD, and a tag", () => {
    expect(names.findBranchProblem("@")).not.toBeNull();
    expect(names.findBranchProblem("refs/tags/v1")).not.toBeNull();
  });
});
