import { expect, test } from "vitest";
import { createGitHubWithToken } from "../../../src/adapters/github/create-github.ts";
import { commitAnswer, itemLike, repositoryAnswer } from "./answers.ts";
import { API, faultOf, REPOSITORY, sha, startGitHub } from "./github-under-test.ts";

test("the App finds a repository by name through its installation", async () => {
  const under = startGitHub();
  under.on("GET", "/repos/acme/storefront/installation", {
    body: { ...itemLike("base-installation-items", null), id: 7 },
  });
  under.on("GET", "/repos/acme/storefront", { body: repositoryAnswer("acme", "storefront") });
  expect(await under.github.findRepository("acme", "storefront")).toEqual({
    state: "known",
    value: {
      id: REPOSITORY.id,
      installationId: 7,
      owner: "acme",
      name: "storefront",
      defaultBranch: "main",
      private: true,
      archived: false,
    },
  });
});

test("a repository where the App is not installed is missing", async () => {
  const under = startGitHub();
  under.on("GET", "/repos/acme/storefront/installation", { status: 404, body: {} });
  expect(await under.github.findRepository("acme", "storefront")).toEqual({
    state: "missing",
    detail: "The repository was not found, or the App may not see it.",
  });
});

test("a branch, a tag or a shortened sha is resolved", async () => {
  const under = startGitHub();
  under.on("GET", "/repos/acme/storefront/commits/release%2F1", { body: commitAnswer({ sha: sha("a") }) });
  expect(await under.github.resolveRef(REPOSITORY, "release/1")).toEqual({ state: "known", value: sha("a") });
});

test.each([404, 422])("a ref that GitHub does not know (%i) is missing, by its name", async (status) => {
  const under = startGitHub();
  under.on("GET", /\/commits\/nope/, {
    status,
    body: { message: "No commit found for SHA: nope" },
    lies: true,
  });
  under.on("GET", `/repositories/${REPOSITORY.id}`, { body: repositoryAnswer("acme", "storefront") });
  expect(await under.github.resolveRef(REPOSITORY, "nope")).toEqual({
    state: "missing",
    detail: "nope was not found, or the App may not see it.",
  });
});

test("with somebody's token no App is needed; a token that is refused is said", async () => {
  const under = startGitHub();
  under.on(
    "GET",
    "/repos/acme/storefront",
    { body: repositoryAnswer("acme", "storefront") },
    { status: 401, body: { message: "Bad credentials" } },
  );
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const github = createGitHubWithToken("ghp_canary", {
    apiUrl: API,
    clock: under.clock,
    log: quiet,
    pauses: {
      until: async () => null,
      extend: async () => undefined,
      strike: async () => 0,
      calm: async () => undefined,
    },
    parseYaml: () => null,
  });
  const found = await github.findRepository("acme", "storefront");
  expect(found).toMatchObject({ state: "known", value: { id: REPOSITORY.id, installationId: 0 } });
  expect(under.requests.map(({ headers }) => headers["authorization"])).toEqual(["token ghp_canary"]);
  const fault = await faultOf(github.findRepository("acme", "storefront"));
  expect([fault.kind, fault.code]).toEqual(["misconfigured", "github-forbidden"]);
  expect(under.requests).toHaveLength(2);
});
