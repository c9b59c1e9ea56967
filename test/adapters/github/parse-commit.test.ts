import { expect, test } from "vitest";
import { parseCommit } from "../../../src/adapters/github/parse-commit.ts";
import { commitAnswer } from "./answers.ts";
import { isJson, sha } from "./github-under-test.ts";

test("a commit is read with what is judged, and nothing else is kept", () => {
  const answer = commitAnswer({
    sha: sha("a"),
    parents: [sha("b"), sha("c")],
    tree: sha("d"),
    message: "PLAY-1: Work\n\nMore",
  });
  expect(parseCommit(answer)).toEqual({
    sha: sha("a"),
    parents: [sha("b"), sha("c")],
    tree: sha("d"),
    message: "PLAY-1: Work\n\nMore",
    author: { login: "octocat", name: "Monalisa Octocat", proven: true },
    committedAt: "2011-04-14T16:00:49Z",
    ownChange: "unknown",
  });
});

test.each([
  ["an address that GitHub knows nobody by", null],
  ["an account without a word", {}],
])("the author of %s is unproven and has no login", (_what, author) => {
  expect(parseCommit({ ...commitAnswer({ sha: sha("a") }), author }).author).toEqual({
    login: null,
    name: "Monalisa Octocat",
    proven: false,
  });
});

test("a commit without a signature of its author is read all the same", () => {
  const answer = commitAnswer({ sha: sha("a"), login: null });
  const { commit } = answer;
  const bare = { ...answer, commit: isJson(commit) ? { ...commit, author: null, committer: null } : null };
  expect(parseCommit(bare)).toMatchObject({
    author: { login: null, name: "", proven: false },
    committedAt: "",
  });
});

test.each([
  ["HEAD"],
  ["../../x"],
  ["ABCDEF0000000000000000000000000000000000"],
  [sha("a").slice(1)],
  [7],
  [null],
])("%j is no sha", (bad) => {
  expect(() => parseCommit({ ...commitAnswer({ sha: sha("a") }), sha: bad })).toThrow("no usable “sha”");
});
