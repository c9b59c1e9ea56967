import { expect, test } from "vitest";
import { aboutRepository, pullRequestNode } from "./answers.ts";
import { type Json, REPOSITORY, sha, spent, startGitHub } from "./github-under-test.ts";

test("a pull request is read with all that is judged", async () => {
  const under = startGitHub();
  const node = pullRequestNode(12, { title: "PLAY-1: Work", body: "Closes PLAY-2", state: "OPEN" });
  under.onQuery("PullRequest", { body: aboutRepository({ pullRequest: node }) });
  expect(await under.github.readPullRequest(REPOSITORY, 12)).toEqual({
    state: "known",
    value: {
      number: 12,
      title: "PLAY-1: Work",
      body: "Closes PLAY-2",
      headBranch: "feature-12",
      headSha: sha(12),
      baseBranch: "main",
      headRepositoryId: REPOSITORY.id,
      author: "octocat",
      state: "open",
      url: "https://github.com/acme/storefront/pull/12",
    },
  });
});

test("a number that is no pull request is missing", async () => {
  const under = startGitHub();
  under.onQuery("PullRequest", {
    body: {
      ...aboutRepository({ pullRequest: null }),
      errors: [{ type: "NOT_FOUND", path: ["repository", "pullRequest"], message: "Could not resolve" }],
    },
  });
  expect(await under.github.readPullRequest(REPOSITORY, 12)).toEqual({
    state: "missing",
    detail: "Pull request 12 was not found, or the App may not see it.",
  });
});

function page(totalCount: number, nodes: readonly Json[], endCursor: string | null = null): Json {
  return aboutRepository({
    pullRequests: { totalCount, pageInfo: { hasNextPage: endCursor !== null, endCursor }, nodes },
  });
}

test("REL-49: open ones are read page by page, by cursor, each once", async () => {
  const under = startGitHub();
  const open = (number: number): Json => pullRequestNode(number, { state: "OPEN" });
  under.onQuery(
    "OpenPullRequests",
    { body: page(3, [open(3), open(2)], "after-2") },
    { body: page(3, [open(2), open(1)]) },
  );
  const read = await under.github.readOpenPullRequests(REPOSITORY);
  expect(read.state === "known" && read.value.map(({ number }) => number)).toEqual([3, 2, 1]);
  expect(under.requests.at(-1)?.body["variables"]).toMatchObject({ after: "after-2" });
});

test("more than 1,000 are unknown after one call", async () => {
  const under = startGitHub();
  under.onQuery("OpenPullRequests", { body: page(1_001, [pullRequestNode(1)], "more") });
  expect(await under.github.readOpenPullRequests(REPOSITORY)).toEqual({
    state: "unknown",
    because: "truncated",
    detail: "There are 1001 open pull requests; more than 1,000 are not read.",
    retryAt: null,
  });
  expect(spent(under)).toBe(1);
});
