import { describe, expect, test } from "vitest";
import { fields } from "../../../src/adapters/github/json.ts";
import { comparison, itemLike, repositoryAnswer } from "./answers.ts";
import {
  faultOf,
  type GitHubUnderTest,
  type Json,
  REPOSITORY,
  sha,
  spent,
  startGitHub,
} from "./github-under-test.ts";

const [HEAD, SHA] = [sha("a"), sha("b")];
const BASE = "/repos/acme/storefront";

function start(): GitHubUnderTest {
  const under = startGitHub();
  under.on("GET", /\/repositories\/\d+$/, { body: repositoryAnswer("acme", "storefront") });
  return under;
}

describe("whether the deploy branch reaches a commit", () => {
  test.each([
    ["behind", true],
    ["identical", true],
    ["ahead", false],
    ["diverged", false],
  ] as const)("%s: %s", async (status, reached) => {
    const under = start();
    const body = comparison({ status, ahead: 0, commits: [] });
    under.on("GET", `${BASE}/compare/${HEAD}...${SHA}`, { body });
    expect(await under.github.isReachable(REPOSITORY, HEAD, SHA)).toEqual({ state: "known", value: reached });
    expect(spent(under)).toBe(1);
    expect(under.requests.at(-1)?.query.get("per_page")).toBe("1");
  });

  test.each([404, 422])("no such commit (%i): missing", async (status) => {
    const under = start();
    under.on("GET", `${BASE}/compare/${HEAD}...${SHA}`, {
      status,
      body: { message: "Not Found" },
      lies: true,
    });
    expect(await under.github.isReachable(REPOSITORY, HEAD, SHA)).toEqual({
      state: "missing",
      detail: `Commit ${SHA} was not found, or the App may not see it.`,
    });
  });

  test("anything else is a fault, never an answer", async () => {
    const under = start();
    under.on("GET", `${BASE}/compare/${HEAD}...${SHA}`, { status: 502, body: {}, lies: true });
    const fault = await faultOf(under.github.isReachable(REPOSITORY, HEAD, SHA));
    expect(fault.kind).toBe("retry-later");
  });
});

describe("the pull requests that a commit is the head of", () => {
  function pull(
    number: number,
    state: string,
    head: string,
    base: string,
    repository: number = REPOSITORY.id,
  ): Json {
    const example = itemLike("pull-request-simple-items", null, { number, state, requested_teams: [] });
    const [from, into] = [fields(example["head"], "head"), fields(example["base"], "base")];
    const repo = { ...fields(into["repo"], "repo"), id: repository };
    return { ...example, head: { ...from, sha: head }, base: { ...into, ref: base, repo } };
  }

  test("open ones with that very head; a commit below a head may not go out by it", async () => {
    const under = start();
    under.on("GET", `${BASE}/commits/${SHA}/pulls`, {
      body: [
        pull(1, "open", SHA, "production"),
        pull(2, "closed", SHA, "staging"),
        pull(3, "open", HEAD, "main"),
      ],
    });
    expect(await under.github.readBasesOfPullRequestsAt(REPOSITORY, SHA)).toEqual(["production"]);
  });

  test("one into a fork is none of ours: there anybody has a branch of that name", async () => {
    const under = start();
    under.on("GET", `${BASE}/commits/${SHA}/pulls`, { body: [pull(1, "open", SHA, "production", 666)] });
    expect(await under.github.readBasesOfPullRequestsAt(REPOSITORY, SHA)).toEqual([]);
  });

  test("of a commit that is not there: none", async () => {
    const under = start();
    const body = { message: `No commit found for SHA: ${SHA}` };
    under.on("GET", `${BASE}/commits/${SHA}/pulls`, { status: 422, body, lies: true });
    expect(await under.github.readBasesOfPullRequestsAt(REPOSITORY, SHA)).toEqual([]);
  });
});

describe("whether a commit was ever live in an environment", () => {
  function prepare(under: GitHubUnderTest, deployments: readonly (readonly string[])[]): void {
    under.on("GET", `${BASE}/deployments`, ({ query }) => {
      expect([query.get("sha"), query.get("environment")]).toEqual([SHA, "production"]);
      return { body: deployments.map((_, index) => itemLike("deployment-items", null, { id: index + 1 })) };
    });
    for (const [index, states] of deployments.entries()) {
      const body = states.map((state) => itemLike("deployment-status-items", null, { state }));
      under.on("GET", `${BASE}/deployments/${index + 1}/statuses`, { body });
    }
  }

  test.each([
    ["one that succeeded", [["success", "in_progress"]], true],
    ["one that succeeded, and is inactive by now", [["inactive", "success"]], true],
    ["one that failed, and one before it that succeeded", [["failure"], ["success"]], true],
    ["only ones that failed", [["failure", "in_progress"], ["error"]], false],
    ["inactive alone says nothing", [["inactive"]], false],
    ["none", [], false],
  ] as const)("%s", async (_, deployments, live) => {
    const under = start();
    prepare(under, deployments);
    expect(await under.github.wasDeployed(REPOSITORY, "production", SHA)).toBe(live);
  });

  test("an answer that cannot be had is a fault, never a no", async () => {
    const under = start();
    under.on("GET", `${BASE}/deployments`, { status: 503, body: {}, lies: true });
    const fault = await faultOf(under.github.wasDeployed(REPOSITORY, "production", SHA));
    expect(fault.kind).toBe("retry-later");
  });
});
