import type { ChangeSet, CommitSha } from "../model.ts";
import { narrowToBase } from "./narrow-to-base.ts";
import { findSameTreeBase } from "./same-tree-base.ts";

/**
 * What to compare with, when the base is not an ancestor of the head: a commit of the deploy branch with the
 * same tree, where there is one. Releases that are merged or squashed into the base branch leave commits
 * there that the deploy branch never gets, although nothing of their content would be lost.
 *
 * Answers null when the base stays what it is.
 */
export function moveToSameTree(changeSet: ChangeSet): { base: CommitSha; changeSet: ChangeSet } | null {
  const { base, lost, commits, mergeBase = null } = changeSet;
  if (base === null || (changeSet.relation !== "behind" && changeSet.relation !== "diverged")) return null;
  const sameTree = findSameTreeBase({ base, lost, mergeBase, commits });
  if (sameTree === null) return null;
  const ahead = narrowToBase(commits, sameTree);
  const shas = new Set(ahead.map(({ sha }) => sha));
  return {
    base: sameTree,
    changeSet: {
      ...changeSet,
      base: sameTree,
      relation: ahead.length === 0 ? "identical" : "ahead",
      aheadBy: ahead.length,
      behindBy: 0,
      commits: ahead,
      lost: [],
      pullRequests: new Map([...changeSet.pullRequests].filter(([sha]) => shas.has(sha))),
    },
  };
}
