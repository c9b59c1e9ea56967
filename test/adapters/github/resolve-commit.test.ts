import { expect, test } from "vitest";
import { commitAnswer, repositoryAnswer } from "./answers.ts";
import { type GitHubUnderTest, REPOSITORY, sha, startGitHub } from "./github-under-test.ts";

const SHA = sha("1a7e");
const BEGINNING = SHA.slice(0, 8);
const PATH = `/repos/acme/storefront/commits/${BEGINNING}`;

function start(): GitHubUnderTest {
  const under = startGitHub();
  under.on("GET", `/repositories/${REPOSITORY.id}`, { body: repositoryAnswer("acme", "storefront") });
  return under;
}

test("a commit is found by the beginning of its sha", async () => {
  const under = start();
  under.on("GET", PATH, { body: commitAnswer({ sha: SHA }) });
  expect(await under.github.resolveCommit(REPOSITORY, BEGINNING)).toEqual({ state: "known", value: SHA });
});

test.each([404, 422])("%i: there is none, or there are several", async (status) => {
  const under = start();
  under.on("GET", PATH, {
    status,
    body: { message: "No commit found", documentation_url: "https://docs.github.com" },
  });
  expect(await under.github.resolveCommit(REPOSITORY, BEGINNING)).toMatchObject({ state: "missing" });
});

test("a branch that is called like the beginning of a sha is no commit", async () => {
  const under = start();
  under.on("GET", PATH, { body: commitAnswer({ sha: sha("2b8f") }) });
  expect(await under.github.resolveCommit(REPOSITORY, BEGINNING)).toMatchObject({ state: "missing" });
});
