import { describe, expect, it } from "vitest";
import { narrowToBase } from "../../../src/domain/change-set/narrow-to-base.ts";
import { findSameTreeBase } from "../../../src/domain/change-set/same-tree-base.ts";
import type { CommitSha } from "../../../src/domain/model.ts";

function isName(text: string): text is CommitSha {
  return text.length > 0;
}
function sha(name: string): CommitSha {
  if (!isName(name)) throw new TypeError("a commit needs a name");
  return name;
}
function commit(name: string, tree: string, ...parents: string[]) {
  return { sha: sha(name), tree, parents: parents.map(sha) };
}

const mergeBase = { sha: sha("m"), tree: "tree-m" };
const line = [commit("a", "tree-a", "m"), commit("b", "tree-b", "a"), commit("c", "tree-c", "b")];

function find(
  lost: readonly ReturnType<typeof commit>[],
  commits: readonly ReturnType<typeof commit>[] = line,
) {
  return findSameTreeBase({ base: lost.at(-1)?.sha ?? sha("m"), lost, mergeBase, commits });
}

describe("the commit that a base with commits of its own counts as", () => {
  it("is the one with the same tree, after a squash", () => {
    expect(find([commit("s", "tree-b", "m")])).toBe("b");
  });
  it("is the newest one after a squash, where a revert brought the same tree back", () => {
    const commits = [...line, commit("d", "tree-b", "c"), commit("e", "tree-e", "d")];
    expect(find([commit("s", "tree-b", "m")], commits)).toBe("d");
  });
  it("is found past a hotfix that the deploy branch has by now", () => {
    expect(find([commit("h", "hotfix", "m"), commit("s", "tree-b", "h")])).toBe("b");
  });
  it("is found past an empty commit that only started a deploy", () => {
    expect(find([commit("s", "tree-b", "m"), commit("e", "tree-b", "s")])).toBe("b");
  });
  it("is what was merged last, after a merge", () => {
    expect(find([commit("p", "tree-m", "o", "m")])).toBe("m");
  });
  it("is what was merged last, though a newer commit has the same tree again", () => {
    expect(find([commit("p", "tree-m", "o", "m")], [...line, commit("d", "tree-m", "c")])).toBe("m");
  });
  it("is the merge base where the base branch took its own work back", () => {
    expect(find([commit("h", "hotfix", "m"), commit("r", "tree-m", "h")])).toBe("m");
  });
  it("is the one with the same tree, though the base has a history of its own", () => {
    expect(find([commit("o", "tree-b")])).toBe("b");
  });
  it("is none where the base holds content that the head never had", () => {
    expect(find([commit("h", "hotfix", "m")])).toBeNull();
  });
  it("is none where the base has only commits that change nothing", () => {
    expect(find([commit("h", "tree-m", "m")], [commit("a", "tree-m", "m")])).toBeNull();
    expect(find([commit("h", "tree-m", "m"), commit("i", "tree-m", "h")])).toBeNull();
  });
  it("is none where nothing is known of the merge base, the range is empty, or nothing would be lost", () => {
    const lost = [commit("s", "tree-m", "m")];
    expect(findSameTreeBase({ base: sha("s"), lost, mergeBase: null, commits: [] })).toBeNull();
    expect(find([])).toBeNull();
  });
});

describe("narrowing a range to a base inside it", () => {
  const names = (commits: readonly { sha: string }[]) => commits.map((one) => one.sha).join("");
  it("leaves out that commit and its ancestors", () => {
    expect(names(narrowToBase(line, sha("b")))).toBe("c");
  });
  it("leaves everything where the base is outside the list", () => {
    expect(names(narrowToBase(line, sha("m")))).toBe("abc");
  });
  it("keeps a branch that was merged after the base, though its commits come before it in the list", () => {
    // a--b--d (d merges x); x forked from a
    const commits = [
      commit("a", "1", "m"),
      commit("x", "2", "a"),
      commit("b", "3", "a"),
      commit("d", "4", "b", "x"),
    ];
    expect(names(narrowToBase(commits, sha("b")))).toBe("xd");
    expect(names(narrowToBase(commits, sha("d")))).toBe("");
  });
});
