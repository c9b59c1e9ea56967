import { describe, expect, test } from "vitest";
import { compareSights, issueMark, type SeenIssue, type Sight, watchMark } from "../../src/domain/sight.ts";
import { watchOf } from "../../src/domain/watch.ts";
import { buildPolicy, buildRepository, sha } from "./build-snapshot.ts";

const WATCH = { trunk: "main", deployBranch: "deploy", baseBranches: ["production"] };
const SIGHT: Sight = {
  watch: "",
  heads: { master: sha("x"), main: sha("a"), deploy: sha("b"), production: sha("c") },
  organisation: null,
  deployments: { staging: "1" },
  checks: "[]",
  issues: {},
  issuesSince: "2026-01-01T00:00:00.000Z",
  commentsSince: "2026-01-01T00:00:00.000Z",
};
const ISSUE: SeenIssue = {
  number: 7,
  onPullRequest: false,
  state: "open",
  labels: ["b", "a"],
  comments: 0,
  updatedAt: new Date("2026-01-01T00:00:00Z"),
};

function differ(
  now: Partial<Sight>,
  issues: readonly SeenIssue[] = [],
  before: Partial<Sight> = {},
): readonly string[] {
  const difference = compareSights({ ...SIGHT, ...before }, { ...SIGHT, ...now }, WATCH, issues, "master");
  return [
    ...(difference.deploy ? ["deploy"] : []),
    ...(difference.trunk ? ["trunk"] : []),
    ...difference.issues.map(({ number }) => String(number)),
  ];
}

describe("what differs", () => {
  const { heads } = SIGHT;
  test.each<readonly [claim: string, now: Partial<Sight>, differs: readonly string[]]>([
    ["nothing", {}, []],
    ["the trunk alone", { heads: { ...heads, main: sha("d") } }, ["trunk"]],
    ["the deploy branch", { heads: { ...heads, deploy: sha("d") } }, ["deploy"]],
    ["a base", { heads: { ...heads, production: sha("d") } }, ["deploy"]],
    ["a base that is no more", { heads: { ...heads, production: null } }, ["deploy"]],
    ["the default branch, where the policy is", { heads: { ...heads, master: sha("d") } }, ["deploy"]],
    ["a deployment", { deployments: { staging: "2" } }, ["deploy"]],
    ["a deployment to another environment", { deployments: { staging: "1", canary: "1" } }, ["deploy"]],
    ["a result on the head", { checks: "[1]" }, ["deploy"]],
  ])("%s", (_, now, differs) => {
    expect(differ(now)).toEqual(differs);
  });

  test("the same things in another order are the same", () => {
    const { production, deploy, main, master } = heads;
    expect(
      differ({
        heads: {
          production: production ?? null,
          deploy: deploy ?? null,
          main: main ?? null,
          master: master ?? null,
        },
      }),
    ).toEqual([]);
  });

  test.each<readonly [claim: string, change: Partial<SeenIssue>, differs: readonly string[]]>([
    ["as it was", {}, []],
    ["with its labels in another order", { labels: ["a", "b"] }, []],
    ["later", { updatedAt: new Date("2026-01-01T00:00:01Z") }, ["7"]],
    ["within the same second: one more comment", { comments: 1 }, ["7"]],
    ["within the same second: another label", { labels: ["a"] }, ["7"]],
    ["within the same second: closed", { state: "closed" }, ["7"]],
    ["a pull request of which nothing was known", { onPullRequest: true, number: 8 }, ["deploy", "8"]],
  ])("an issue %s", (_, change, differs) => {
    expect(differ({}, [{ ...ISSUE, ...change }], { issues: { "7": issueMark(ISSUE) } })).toEqual(differs);
  });
});

describe("what everything that is shown depends on", () => {
  const repository = buildRepository();
  const watch = watchOf({ state: "none" }, repository);

  test("has one text, in whatever order it is named", () => {
    const backwards = Object.fromEntries(Object.entries(watch).toReversed());
    expect(watchMark({ ...watch, ...backwards }, repository)).toBe(watchMark(watch, repository));
  });

  test.each([{ owner: "other" }, { name: "other" }, { private: !repository.private }])("%j", (change) => {
    expect(watchMark(watch, { ...repository, ...change })).not.toBe(watchMark(watch, repository));
  });

  test("without a policy in force only the default branch matters", () => {
    expect(watch).toEqual({
      governed: false,
      trunk: repository.defaultBranch,
      deployBranch: repository.defaultBranch,
      baseBranches: [],
      baseEnvironments: [],
      requiredChecks: false,
      deferredChecks: false,
      labels: [],
    });
  });

  test("of a policy: its branches, its environments, its labels", () => {
    const policy = buildPolicy({ trunk: "next" });
    const source = { sha: "a", organisationSha: null };
    const inForce = { state: "in-force", policy, source, problems: [], stale: "no" } as const;
    const { deferred, override } = policy;
    expect(watchOf(inForce, repository)).toMatchObject({
      governed: true,
      trunk: "next",
      deployBranch: policy.deploy.branch ?? "next",
      labels: [deferred.label, deferred.haltLabel, override.label],
    });
  });
});
