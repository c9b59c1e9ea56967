import { expect, test } from "vitest";
import { aboutRepository } from "./answers.ts";
import { type Json, REPOSITORY, sha, spent, startGitHub } from "./github-under-test.ts";

test("several branches are read in one call; a name is a variable, whatever it holds", async () => {
  const under = startGitHub();
  const hostile = 'x") { id } evil: ref(qualifiedName: "y';
  const asked: unknown[] = [];
  under.onQuery("Branches", ({ body }) => {
    asked.push(body["variables"]);
    const target = { __typename: "Commit", oid: sha("a"), tree: { oid: sha("b") } };
    return { body: aboutRepository({ b0: { target }, b1: null, b2: null }) };
  });
  const heads = await under.github.readBranches(REPOSITORY, ["main", "gone", hostile]);
  expect([...heads]).toEqual([
    ["main", { state: "known", value: { sha: sha("a"), tree: sha("b") } }],
    ["gone", { state: "missing", detail: "gone" }],
    [hostile, { state: "missing", detail: hostile }],
  ]);
  expect(asked).toEqual([
    {
      owner: "acme",
      name: "storefront",
      b0: "refs/heads/main",
      b1: "refs/heads/gone",
      b2: `refs/heads/${hostile}`,
    },
  ]);
  expect(spent(under)).toBe(1);
});

test("no branches need no call", async () => {
  const under = startGitHub();
  expect(await under.github.readBranches(REPOSITORY, [])).toEqual(new Map());
  expect(spent(under)).toBe(0);
});

/** Words on one deployment, a minute apart, in the order given. */
function deployment(seed: string, ...states: readonly string[]): Json {
  return {
    commitOid: sha(seed),
    creator: { login: "octocat" },
    statuses: {
      nodes: states.map((state, index) => ({
        state,
        createdAt: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(),
      })),
    },
  };
}

function page(nodes: readonly Json[], endCursor: string | null = null): Json {
  return aboutRepository({
    deployments: { pageInfo: { hasNextPage: endCursor !== null, endCursor }, nodes },
  });
}

test.each<[string, readonly Json[], string]>([
  ["the newest success", [deployment("b", "IN_PROGRESS", "SUCCESS"), deployment("a", "SUCCESS")], "b"],
  ["a newer one that failed", [deployment("b", "IN_PROGRESS", "FAILURE"), deployment("a", "SUCCESS")], "a"],
  ["a newer one under way", [deployment("b", "IN_PROGRESS"), deployment("a", "SUCCESS")], "a"],
  ["a newer one without a word", [deployment("b"), deployment("a", "SUCCESS")], "a"],
  ["a newer one that waits", [deployment("b", "WAITING"), deployment("a", "SUCCESS")], "a"],
  ["success that was taken back", [deployment("b", "SUCCESS", "ERROR"), deployment("a", "SUCCESS")], "a"],
  [
    "success called inactive since",
    [deployment("b", "SUCCESS", "INACTIVE"), deployment("a", "SUCCESS")],
    "b",
  ],
  ["one that was only ever inactive", [deployment("b", "INACTIVE"), deployment("a", "SUCCESS")], "a"],
  ["words out of order", [deployment("b", "SUCCESS"), deployment("a", "SUCCESS")], "b"],
])("what is live: %s", async (_what, nodes, live) => {
  const under = startGitHub();
  under.onQuery("Deployments", { body: page(nodes) });
  expect(await under.github.readLiveDeployment(REPOSITORY, "production")).toMatchObject({
    state: "known",
    value: { sha: sha(live) },
  });
  expect(spent(under)).toBe(1);
});

test("who deployed it and when it succeeded come with the same call", async () => {
  const under = startGitHub();
  under.onQuery("Deployments", { body: page([deployment("a", "IN_PROGRESS", "SUCCESS", "INACTIVE")]) });
  expect(await under.github.readLiveDeployment(REPOSITORY, "production")).toEqual({
    state: "known",
    value: { sha: sha("a"), by: "octocat", at: new Date("2026-01-01T00:01:00Z") },
  });
  expect(spent(under)).toBe(1);
});

test("statuses are judged by their time, not by their place in the list", async () => {
  const under = startGitHub();
  const nodes = [
    { state: "SUCCESS", createdAt: "2026-01-01T00:02:00Z" },
    { state: "FAILURE", createdAt: "2026-01-01T00:03:00Z" },
    { state: "IN_PROGRESS", createdAt: "2026-01-01T00:01:00Z" },
  ];
  const failed = { commitOid: sha("b"), creator: { login: "octocat" }, statuses: { nodes } };
  under.onQuery("Deployments", { body: page([failed, deployment("a", "SUCCESS")]) });
  const live = await under.github.readLiveDeployment(REPOSITORY, "production");
  expect(live).toMatchObject({ state: "known", value: { sha: sha("a") } });
});

test("older pages are read while the newer ones hold no success", async () => {
  const under = startGitHub();
  under.onQuery(
    "Deployments",
    { body: page([deployment("b", "FAILURE")], "cursor") },
    { body: page([deployment("a", "SUCCESS")]) },
  );
  const live = await under.github.readLiveDeployment(REPOSITORY, "production");
  expect(live).toMatchObject({ state: "known", value: { sha: sha("a") } });
  expect(under.requests.at(-1)?.body["variables"]).toMatchObject({ after: "cursor" });
});

test("nothing ever deployed is missing; too many failures are unknown", async () => {
  const under = startGitHub();
  under.onQuery("Deployments", { body: page([]) });
  expect(await under.github.readLiveDeployment(REPOSITORY, "production")).toEqual({
    state: "missing",
    detail: "Nothing was ever deployed successfully to production.",
  });
  under.onQuery("Deployments", { body: page([deployment("b", "FAILURE")], "cursor") });
  expect(await under.github.readLiveDeployment(REPOSITORY, "production")).toEqual({
    state: "unknown",
    because: "truncated",
    detail: "None of the newest 200 deployments to production succeeded; older ones are not read.",
    retryAt: null,
  });
});
