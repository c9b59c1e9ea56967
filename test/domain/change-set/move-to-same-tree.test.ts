import { describe, expect, test } from "vitest";
import { moveToSameTree } from "../../../src/domain/change-set/move-to-same-tree.ts";
import { isCommitSha } from "../../../src/domain/brands.ts";
import type { ChangeSet, Commit, CommitSha } from "../../../src/domain/model.ts";

/** A sha of 40 times the letter's code. */
function sha(letter: string): CommitSha {
  const made = letter.charCodeAt(0).toString(16).padStart(40, "0");
  if (!isCommitSha(made)) throw new Error(made);
  return made;
}

/** A commit named by one letter; `tree` is its content. */
function commit(name: string, tree: string, ...parents: readonly string[]): Commit {
  return {
    sha: sha(name),
    parents: parents.map(sha),
    tree,
    message: name,
    author: { login: null, name: "", proven: false },
    committedAt: "2026-01-01T00:00:00Z",
    ownChange: "unknown",
  };
}

/** main: A - B - C - D; the base branch left at A. */
const AHEAD = [commit("B", "tree-b", "A"), commit("C", "tree-c", "B"), commit("D", "tree-d", "C")];

function diverged(base: string, lost: readonly Commit[]): ChangeSet {
  return {
    base: sha(base),
    head: sha("D"),
    relation: "diverged",
    aheadBy: AHEAD.length,
    behindBy: lost.length,
    commits: AHEAD,
    lost,
    mergeBase: { sha: sha("A"), tree: "tree-a" },
    pullRequests: new Map(),
    knowsPullRequests: true,
  };
}

describe("a base branch with commits of its own", () => {
  test("after a squash, the base is the newest commit with the same tree", () => {
    const moved = moveToSameTree(diverged("S", [commit("S", "tree-c", "A")]));
    expect(moved?.base).toBe(sha("C"));
    expect(moved?.changeSet).toMatchObject({ relation: "ahead", aheadBy: 1, behindBy: 0, lost: [] });
    expect(moved?.changeSet.commits.map(({ message }) => message)).toEqual(["D"]);
  });

  test("after merges of the deploy branch, the base is what was merged", () => {
    const moved = moveToSameTree(diverged("M", [commit("M", "tree-a", "P", "A")]));
    expect(moved?.base).toBe(sha("A"));
    expect(moved?.changeSet.commits.map(({ message }) => message)).toEqual(["B", "C", "D"]);
  });

  test("of pull requests those of what is left are kept", () => {
    const given = diverged("S", [commit("S", "tree-c", "A")]);
    const pullRequests = new Map([
      [sha("B"), []],
      [sha("D"), []],
    ]);
    const moved = moveToSameTree({ ...given, pullRequests });
    expect([...(moved?.changeSet.pullRequests.keys() ?? [])]).toEqual([sha("D")]);
  });

  test("the same content as the head is identical", () => {
    expect(moveToSameTree(diverged("S", [commit("S", "tree-d", "A")]))?.changeSet.relation).toBe("identical");
  });

  test("content of its own stays diverged", () => {
    expect(moveToSameTree(diverged("H", [commit("H", "hotfix", "A")]))).toBeNull();
  });

  test("an ancestor needs no moving", () => {
    expect(moveToSameTree({ ...diverged("A", []), relation: "ahead" })).toBeNull();
  });

  test("unrelated histories stay unrelated, whatever their content", () => {
    const strangers = {
      ...diverged("S", [commit("S", "tree-d")]),
      relation: "unrelated",
      mergeBase: null,
    } as const;
    expect(moveToSameTree(strangers)).toBeNull();
  });
});
