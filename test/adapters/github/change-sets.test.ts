import { expect, test } from "vitest";
import {
  aboutRepository,
  commitAnswer,
  comparison,
  line,
  pullRequestNode,
  repositoryAnswer,
} from "./answers.ts";
import {
  faultOf,
  type GitHubUnderTest,
  isJson,
  REPOSITORY,
  type Reply,
  type SeenRequest,
  sha,
  spent,
  startGitHub,
} from "./github-under-test.ts";

const BASE = sha(0);

/** A range of so many commits on top of the base, each brought by a pull request of its own. */
function prepareRange(under: GitHubUnderTest, count: number): void {
  const all = line(count);
  const page = ({ query }: SeenRequest): Reply => {
    const number = Number(query.get("page"));
    const commits = all.slice((number - 1) * 100, number * 100);
    return { body: comparison({ status: "ahead", ahead: count, commits }) };
  };
  under.on("GET", `/repos/acme/storefront/compare/${BASE}...${sha(count)}`, page);
  under.onQuery("CommitPullRequests", ({ body }) => {
    const { variables } = body;
    const commits = Object.entries(isJson(variables) ? variables : {}).flatMap(([name, value]) =>
      /^c\d+$/.test(name) ? [[name, brought(Number.parseInt(String(value), 16))] as const] : [],
    );
    return { body: aboutRepository(Object.fromEntries(commits)) };
  });
}

function brought(number: number): object {
  return { associatedPullRequests: { nodes: [pullRequestNode(number)] } };
}

test.each([
  [10, 2],
  [100, 2],
  [1_000, 20],
  [3_000, 60],
])("%i commits and their pull requests take %i calls", async (count, calls) => {
  const under = startGitHub();
  prepareRange(under, count);
  const read = await under.github.readChangeSet(REPOSITORY, BASE, sha(count));
  if (read.state !== "known") throw new Error(read.detail);
  expect(read.value.commits.map((commit) => commit.sha)).toEqual(
    Array.from({ length: count }, (_, index) => sha(index + 1)),
  );
  expect(read.value.pullRequests.get(sha(count))?.map(({ number }) => number)).toEqual([count]);
  expect(read.value.pullRequests.size).toBe(count);
  expect(spent(under)).toBe(calls);
});

test("10,000 commits are read to the last", async () => {
  const under = startGitHub();
  prepareRange(under, 10_000);
  const read = await under.github.readChangeSet(REPOSITORY, BASE, sha(10_000));
  expect(read.state === "known" && read.value.commits.length).toBe(10_000);
  expect(spent(under)).toBe(200);
});

test("a change set without its pull requests costs the comparison alone", async () => {
  const under = startGitHub();
  prepareRange(under, 250);
  const read = await under.github.readChangeSet(REPOSITORY, BASE, sha(250), "skip");
  expect(read.state === "known" && read.value.pullRequests.size).toBe(0);
  expect(spent(under)).toBe(3);
});

test("the same commit on both sides needs no call", async () => {
  const under = startGitHub();
  const read = await under.github.readChangeSet(REPOSITORY, BASE, BASE);
  expect(read).toEqual({
    state: "known",
    value: {
      base: BASE,
      head: BASE,
      relation: "identical",
      aheadBy: 0,
      behindBy: 0,
      commits: [],
      lost: [],
      pullRequests: new Map(),
      knowsPullRequests: true,
    },
  });
  expect(spent(under)).toBe(0);
});

test("fewer commits than GitHub counts are unknown, not a shorter range", async () => {
  const under = startGitHub();
  under.on("GET", `/repos/acme/storefront/compare/${BASE}...${sha(300)}`, ({ query }) => ({
    body: comparison({
      status: "ahead",
      ahead: 300,
      commits: query.get("page") === "3" ? line(99, 201) : line(100, Number(query.get("page")) * 100 - 99),
    }),
  }));
  expect(await under.github.readChangeSet(REPOSITORY, BASE, sha(300))).toEqual({
    state: "unknown",
    because: "truncated",
    detail: "GitHub counts 300 commits in the range but listed 299.",
    retryAt: null,
  });
});

test("what would be lost is read by the comparison the other way round", async () => {
  const under = startGitHub();
  const head = sha("b");
  const mergeBase = commitAnswer({ sha: sha("c"), tree: sha("d") });
  under.on("GET", `/repos/acme/storefront/compare/${BASE}...${head}`, {
    body: comparison({
      status: "diverged",
      ahead: 1,
      behind: 2,
      commits: [commitAnswer({ sha: head, parents: [sha("c")] })],
      mergeBase,
    }),
  });
  under.on("GET", `/repos/acme/storefront/compare/${head}...${BASE}`, {
    body: comparison({ status: "diverged", ahead: 2, behind: 1, commits: line(2, 500), mergeBase }),
  });
  const read = await under.github.readChangeSet(REPOSITORY, BASE, head, "skip");
  if (read.state !== "known") throw new Error(read.detail);
  expect(read.value.relation).toBe("diverged");
  expect(read.value.behindBy).toBe(2);
  expect(read.value.mergeBase).toEqual({ sha: sha("c"), tree: sha("d") });
  expect(read.value.lost.map((commit) => commit.sha)).toEqual([sha(500), sha(501)]);
});

test("of very many lost commits the newest three pages are read", async () => {
  const under = startGitHub();
  const head = sha("b");
  under.on("GET", `/repos/acme/storefront/compare/${BASE}...${head}`, {
    body: comparison({ status: "behind", ahead: 0, behind: 1_250, commits: [] }),
  });
  under.on("GET", `/repos/acme/storefront/compare/${head}...${BASE}`, ({ query }) => ({
    body: comparison({
      status: "ahead",
      ahead: 1_250,
      commits: line(query.get("page") === "13" ? 50 : 100, Number(query.get("page")) * 100 - 99),
    }),
  }));
  const read = await under.github.readChangeSet(REPOSITORY, BASE, head, "skip");
  if (read.state !== "known") throw new Error(read.detail);
  expect(read.value.behindBy).toBe(1_250);
  expect(read.value.lost).toHaveLength(250);
  expect(read.value.lost.at(-1)?.sha).toBe(sha(1_250));
  expect(spent(under)).toBe(4);
});

test.each([
  ["base", { base: null, head: { oid: sha("b"), tree: { oid: sha("b") } } }, BASE],
  ["head", { base: { oid: BASE, tree: { oid: BASE } }, head: null }, sha("b")],
])("a %s that is not there is missing, by its name", async (_side, found, named) => {
  const under = startGitHub();
  under.on("GET", /\/compare\//, { status: 404, body: { message: "Not Found" } });
  under.on("GET", `/repositories/${REPOSITORY.id}`, { body: repositoryAnswer("acme", "storefront") });
  under.onQuery("CommitsExist", { body: aboutRepository(found) });
  expect(await under.github.readChangeSet(REPOSITORY, BASE, sha("b"))).toEqual({
    state: "missing",
    detail: `Commit ${named} was not found, or the App may not see it.`,
  });
});

test("histories without a common commit are unknown", async () => {
  const under = startGitHub();
  under.on("GET", /\/compare\//, { status: 404, body: { message: "No common ancestor between them." } });
  under.on("GET", `/repositories/${REPOSITORY.id}`, { body: repositoryAnswer("acme", "storefront") });
  under.onQuery("CommitsExist", {
    body: aboutRepository({
      base: { oid: BASE, tree: { oid: BASE } },
      head: { oid: sha("b"), tree: { oid: sha("b") } },
    }),
  });
  expect(await under.github.readChangeSet(REPOSITORY, BASE, sha("b"))).toEqual({
    state: "unknown",
    because: "unrelated-histories",
    detail: "0000000 and b000000 have no commit in common.",
    retryAt: null,
  });
});

test("a comparison that GitHub cannot make is a fault after three tries", async () => {
  const under = startGitHub();
  under.on("GET", /\/compare\//, { status: 500, body: { message: "this comparison is taking too long" } });
  const fault = await faultOf(under.github.readChangeSet(REPOSITORY, BASE, sha("b")));
  expect([fault.kind, fault.code, fault.status]).toEqual(["retry-later", "github-unreachable", 500]);
  expect(spent(under)).toBe(3);
});

test("a query that is too much for GitHub is asked in halves", async () => {
  const under = startGitHub();
  prepareRange(under, 100);
  const sizes: number[] = [];
  under.onQuery("CommitPullRequests", ({ body }) => {
    const { variables } = body;
    const commits = Object.keys(isJson(variables) ? variables : {}).filter((name) => /^c\d+$/.test(name));
    sizes.push(commits.length);
    if (commits.length > 50)
      return { body: { data: null, errors: [{ message: "Something went wrong" }] }, lies: true };
    return { body: aboutRepository(Object.fromEntries(commits.map((name) => [name, brought(1)]))) };
  });
  const read = await under.github.readChangeSet(REPOSITORY, BASE, sha(100));
  expect(read.state === "known" && read.value.pullRequests.size).toBe(100);
  expect(sizes).toEqual([100, 50, 50]);
});

test("merged pull requests come before others, bots carry REST's name, ghosts none", async () => {
  const under = startGitHub();
  under.on("GET", /\/compare\//, { body: comparison({ status: "ahead", ahead: 1, commits: line(1) }) });
  under.onQuery("CommitPullRequests", {
    body: aboutRepository({
      c0: {
        associatedPullRequests: {
          nodes: [
            pullRequestNode(1, { state: "OPEN", author: null, headRepository: null }),
            pullRequestNode(2, { author: { __typename: "Bot", login: "dependabot" } }),
          ],
        },
      },
    }),
  });
  const read = await under.github.readChangeSet(REPOSITORY, BASE, sha(1));
  if (read.state !== "known") throw new Error(read.detail);
  expect(
    read.value.pullRequests
      .get(sha(1))
      ?.map(({ number, author, state, headRepositoryId }) => [number, author, state, headRepositoryId]),
  ).toEqual([
    [2, "dependabot[bot]", "merged", REPOSITORY.id],
    [1, null, "open", null],
  ]);
});

test("a pull request into a fork vouches for nothing, whatever its number and title", async () => {
  const under = startGitHub();
  under.on("GET", /\/compare\//, { body: comparison({ status: "ahead", ahead: 2, commits: line(2) }) });
  const forged = pullRequestNode(7, { title: "PLAY-1: forged", baseRepository: { databaseId: 666 } });
  const orphan = pullRequestNode(8, { title: "PLAY-1: forged", baseRepository: null });
  under.onQuery("CommitPullRequests", {
    body: aboutRepository({
      c0: { associatedPullRequests: { nodes: [forged, orphan] } },
      c1: { associatedPullRequests: { nodes: [forged, pullRequestNode(7)] } },
    }),
  });
  const read = await under.github.readChangeSet(REPOSITORY, BASE, sha(2));
  if (read.state !== "known") throw new Error(read.detail);
  const titles = [...read.value.pullRequests].map(([commit, all]) => [commit, all.map(({ title }) => title)]);
  expect(titles).toEqual([[sha(2), ["Pull request 7"]]]);
});

test("recent commits stop at the limit; an empty repository has none; a lost head is a fault", async () => {
  const under = startGitHub();
  under.on("GET", "/repos/acme/storefront/commits", ({ query }) => ({
    body: line(100, Number(query.get("page")) * 100).toReversed(),
  }));
  expect(await under.github.readRecentCommits(REPOSITORY, sha(5), 150)).toHaveLength(150);
  expect(spent(under)).toBe(2);
  under.on("GET", "/repos/acme/storefront/commits", {
    status: 409,
    body: { message: "Git Repository is empty." },
  });
  expect(await under.github.readRecentCommits(REPOSITORY, sha(5), 150)).toEqual([]);
  under.on("GET", "/repos/acme/storefront/commits", {
    status: 422,
    body: { message: "No commit found" },
    lies: true,
  });
  expect((await faultOf(under.github.readRecentCommits(REPOSITORY, sha(5), 150))).code).toBe(
    "github-inconsistent",
  );
});
