import { expect, test } from "vitest";
import { authorsOfChanges, authorsOfRange } from "../../../src/domain/authority/authors.ts";
import type { RedRange } from "../../../src/domain/compliance/issue-view.ts";
import { buildCommit, buildPullRequest, sha } from "../build-snapshot.ts";

test("whoever wrote a pull request of the range, was tagged for it or listed, wrote part of what broke", () => {
  const range: RedRange = {
    after: null,
    upTo: sha("red"),
    pullRequests: ["Octocat", null].map((author, number) => ({ number, title: "", url: "", author })),
    commits: [],
    incomplete: false,
  };
  const people = {
    tagged: [
      { kind: "person", name: "Hubot", because: "author" },
      { kind: "team", name: "acme/payments", because: "code-owner" },
      { kind: "team", name: "acme/server", because: "owner" },
    ],
    listed: ["MONA"],
    ownersMayBeIncomplete: false,
  } as const;
  expect(authorsOfRange({ range, people })).toEqual(new Set(["octocat", "hubot", "mona"]));
});

test("whoever wrote a commit or opened a pull request wrote part of a change set", () => {
  const commits = [buildCommit("a", "a", "Octocat"), { author: { login: null } }];
  const pullRequests = [buildPullRequest({ author: "HUBOT" }), buildPullRequest({ author: null })];
  expect(authorsOfChanges(commits, pullRequests)).toEqual(new Set(["octocat", "hubot"]));
});
