import { describe, expect, test } from "vitest";
import { aboutRepository, like, pullRequestNode, repositoryAnswer } from "./answers.ts";
import { faultOf, REPOSITORY, sha, spent, startGitHub } from "./github-under-test.ts";

const BY_NUMBER = `/repositories/${REPOSITORY.id}`;
const status = { sha: sha("a"), context: "c", state: "success", description: "d", targetUrl: null } as const;
const STATUS_ANSWER = like("status");

describe("REL-52: a repository is its number", () => {
  test("a redirect leads to a look by number, the new name is told and used from then on", async () => {
    const under = startGitHub();
    under.on("GET", "/repos/acme/storefront/commits", {
      status: 301,
      body: {},
      headers: { location: "https://api.github.com/repositories/1/commits" },
      lies: true,
    });
    under.on("GET", BY_NUMBER, { body: repositoryAnswer("acme-inc", "shop") });
    under.on("GET", "/repos/acme-inc/shop/commits", { body: [] });
    expect(await under.github.readRecentCommits(REPOSITORY, sha("a"), 10)).toEqual([]);
    expect(under.renamed).toEqual([
      {
        id: REPOSITORY.id,
        installationId: REPOSITORY.installationId,
        owner: "acme-inc",
        name: "shop",
        defaultBranch: "main",
        private: true,
        archived: false,
      },
    ]);
    await under.github.readRecentCommits(REPOSITORY, sha("a"), 10);
    expect(under.requests.map(({ pathname }) => pathname).slice(1)).toEqual([
      "/repos/acme/storefront/commits",
      BY_NUMBER,
      "/repos/acme-inc/shop/commits",
      "/repos/acme-inc/shop/commits",
    ]);
    expect(under.renamed).toHaveLength(1);
  });

  test("in GraphQL renames are not followed, and the number is compared", async () => {
    const under = startGitHub();
    const asked: unknown[] = [];
    under.onQuery("PullRequest", ({ body }) => {
      asked.push(body["variables"]);
      const stranger = { data: { repository: { databaseId: 99, pullRequest: pullRequestNode(1) } } };
      return { body: asked.length === 1 ? stranger : aboutRepository({ pullRequest: pullRequestNode(1) }) };
    });
    under.on("GET", BY_NUMBER, { body: repositoryAnswer("acme", "shop") });
    const read = await under.github.readPullRequest(REPOSITORY, 1);
    expect(read).toMatchObject({ state: "known", value: { number: 1 } });
    expect(asked).toEqual([
      { owner: "acme", name: "storefront", number: 1 },
      { owner: "acme", name: "shop", number: 1 },
    ]);
    expect(under.renamed.map(({ name }) => name)).toEqual(["shop"]);
  });

  test("nothing is written under a name that was not lately seen to be this repository's", async () => {
    const under = startGitHub({ writeGapMilliseconds: 0 });
    under.on("GET", BY_NUMBER, { body: repositoryAnswer("acme", "shop") });
    under.on("POST", `/repos/acme/shop/statuses/${sha("a")}`, { status: 201, body: STATUS_ANSWER });
    await under.github.postStatus(REPOSITORY, status);
    await under.github.postStatus(REPOSITORY, status);
    expect(under.requests.filter(({ pathname }) => pathname === BY_NUMBER)).toHaveLength(1);
    under.clock.advance(60_000);
    await under.github.postStatus(REPOSITORY, status);
    expect(under.requests.filter(({ pathname }) => pathname === BY_NUMBER)).toHaveLength(2);
  });

  test("nobody is authorised by the repository that has the old name now", async () => {
    const under = startGitHub();
    under.on("GET", BY_NUMBER, { body: repositoryAnswer("acme", "shop") });
    under.on("GET", "/repos/acme/shop/collaborators/mallory/permission", { status: 404, body: {} });
    expect(await under.github.readPermission(REPOSITORY, "mallory")).toBe("none");
  });

  test("a redirect that leads to a redirect is a fault", async () => {
    const under = startGitHub();
    under.on("GET", /^\/repos\//, { status: 301, body: {}, lies: true });
    under.on("GET", BY_NUMBER, { body: repositoryAnswer("acme", "shop") });
    const fault = await faultOf(under.github.readRecentCommits(REPOSITORY, sha("a"), 10));
    expect([fault.kind, fault.code]).toEqual(["retry-later", "github-inconsistent"]);
  });
});

describe("REL-46: not found is told apart", () => {
  test("a thing that is not there, in a repository that is, is missing", async () => {
    const under = startGitHub();
    under.on("GET", /\/comments\/5$/, { status: 404, body: {} });
    under.on("GET", BY_NUMBER, { body: repositoryAnswer("acme", "storefront") });
    expect(await under.github.readComment(REPOSITORY, 1, 5)).toEqual({
      state: "missing",
      detail: "Comment 5 was not found, or the App may not see it.",
    });
    // For a minute the name is known to be right: no second look by number.
    await under.github.readComment(REPOSITORY, 1, 5);
    expect(spent(under)).toBe(3);
  });

  test("a repository that is not to be seen is a fault that a person must mend, not an absent thing", async () => {
    const under = startGitHub();
    under.on("GET", /\/comments\/5$/, { status: 404, body: {} });
    under.on("GET", BY_NUMBER, { status: 404, body: {} });
    const fault = await faultOf(under.github.readComment(REPOSITORY, 1, 5));
    expect([fault.kind, fault.code, fault.message]).toEqual([
      "misconfigured",
      "github-forbidden",
      "github-forbidden while looking for the repository acme/storefront: The repository was not found, or the App may not see it.",
    ]);
  });

  test("a repository that is gone is missing when asked for itself", async () => {
    const under = startGitHub();
    under.on("GET", BY_NUMBER, { status: 404, body: {} });
    expect(await under.github.readRepository(REPOSITORY.installationId, REPOSITORY.id)).toEqual({
      state: "missing",
      detail: "The repository was not found, or the App may not see it.",
    });
  });

  test("a write that is answered 404 comes later, it is not taken for done", async () => {
    const under = startGitHub({ writeGapMilliseconds: 0 });
    under.on("GET", BY_NUMBER, { body: repositoryAnswer("acme", "storefront") });
    under.on("POST", /\/statuses\//, { status: 404, body: { message: "Not Found" } });
    const fault = await faultOf(under.github.postStatus(REPOSITORY, status));
    expect([fault.kind, fault.code, fault.status]).toEqual(["retry-later", "github-inconsistent", 404]);
  });
});

test("an Enterprise Server has GraphQL beside its REST address", async () => {
  const under = startGitHub({ apiUrl: "https://ghe.example.com/api/v3" });
  under.onQuery("PullRequest", { body: aboutRepository({ pullRequest: pullRequestNode(1) }) });
  under.on("GET", `/api/v3${BY_NUMBER}`, { body: repositoryAnswer("acme", "storefront") });
  await under.github.readPullRequest(REPOSITORY, 1);
  await under.github.readRepository(REPOSITORY.installationId, REPOSITORY.id);
  expect(under.requests.map(({ pathname }) => pathname)).toEqual([
    "/api/v3/app/installations/7/access_tokens",
    "/api/graphql",
    `/api/v3${BY_NUMBER}`,
  ]);
});
