import { describe, expect, test } from "vitest";
import type { RangePullRequest, RedRange } from "../../../src/domain/compliance/issue-view.ts";
import { type PeopleFacts, tagPeople } from "../../../src/domain/compliance/tag-people.ts";
import { RED } from "./build-issue-view.ts";

function range(...authors: readonly (string | null)[]): RedRange {
  const pullRequests = authors.map((author, index): RangePullRequest => ({
    number: index + 1,
    title: "",
    url: "",
    author,
  }));
  return { after: null, upTo: RED, commits: [], pullRequests, incomplete: false };
}

function told(facts: Partial<PeopleFacts>) {
  const { tagged, listed } = tagPeople({
    range: range(),
    owners: [],
    adopted: false,
    codeOwners: { owners: [], complete: true },
    ...facts,
  });
  return { tagged: tagged.map(({ name, because }) => `${name}: ${because}`), listed };
}

describe("who is told", () => {
  test("up to five authors, each once", () => {
    expect(told({ range: range("a", "b", "A", null, "c", "d", "e") })).toEqual({
      tagged: ["A: author", "b: author", "c: author", "d: author", "e: author"],
      listed: [],
    });
  });

  test("of six authors none: they are named, and the owners are told", () => {
    expect(told({ range: range("a", "b", "c", "d", "e", "f"), owners: ["@acme/server"] })).toEqual({
      tagged: ["acme/server: owner"],
      listed: ["a", "b", "c", "d", "e", "f"],
    });
  });

  test("a bot reads no mail: it is named, and does not count as one of five", () => {
    expect(told({ range: range("a", "b", "c", "d", "e", "dependabot[bot]") })).toEqual({
      tagged: ["a: author", "b: author", "c: author", "d: author", "e: author"],
      listed: ["dependabot[bot]"],
    });
  });

  test("five code owners, a team counts one, an e-mail address none", () => {
    const owners = [
      { kind: "email", name: "x@example.com" },
      { kind: "team", name: "acme/one" },
      ...["p", "q", "r", "s", "t"].map((name) => ({ kind: "person", name }) as const),
    ] as const;
    expect(told({ codeOwners: { owners, complete: true } }).tagged).toEqual([
      "acme/one: code-owner",
      "p: code-owner",
      "q: code-owner",
      "r: code-owner",
      "s: code-owner",
    ]);
  });

  test("on adoption the owners alone", () => {
    expect(told({ adopted: true, range: range("a"), owners: ["@acme/server", "@octocat"] })).toEqual({
      tagged: ["acme/server: owner", "octocat: owner"],
      listed: [],
    });
  });

  test("that code owners may be incomplete is said", () => {
    const codeOwners = { owners: [], complete: false };
    expect(
      tagPeople({ range: range("a"), owners: [], adopted: false, codeOwners }).ownersMayBeIncomplete,
    ).toBe(true);
  });
});
