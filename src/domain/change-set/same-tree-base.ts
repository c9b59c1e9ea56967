import type { Commit, CommitSha } from "../model.ts";

type Known = Pick<Commit, "sha" | "parents" | "tree">;

export interface SameTreeQuestion {
  /** The base branch's tip. */
  readonly base: CommitSha;
  /** Reachable from the base and not from the head; the base itself among them. */
  readonly lost: readonly Known[];
  /** Where base and head part; null when that is not known. */
  readonly mergeBase: { readonly sha: CommitSha; readonly tree: string } | null;
  /** Reachable from head and not from base, oldest first, every commit after its parents. */
  readonly commits: readonly Pick<Commit, "sha" | "tree">[];
}

/**
 * The commit that a base with commits of its own counts as, because it has the same tree: the one that was
 * merged last, or after a squash the newest one reachable from head. Nothing of its content would be lost by
 * going on from there. Null: there is none, and the base stays what it is (behind or diverged).
 *
 * Commits that change nothing say nothing: a base that has only such ones since the two parted stays
 * diverged, for somebody meant something by them.
 */
export function findSameTreeBase({ base, lost, mergeBase, commits }: SameTreeQuestion): CommitSha | null {
  const byName = new Map(lost.map((commit) => [commit.sha, commit]));
  const tip = byName.get(base);
  if (tip === undefined) return null;
  const made = whereTreeWasMade(tip, byName);
  const isMerge = made.parents.length > 1;
  if (mergeBase !== null && mergeBase.tree === tip.tree) {
    if (isMerge) return mergeBase.sha;
    if (made.parents[0] === mergeBase.sha) return null;
  }
  const newest = commits.findLast(({ tree }) => tree === tip.tree);
  if (newest !== undefined) return newest.sha;
  return mergeBase?.tree === tip.tree ? mergeBase.sha : null;
}

/** Down past commits that changed nothing, to the one that made the tree what it is. */
function whereTreeWasMade(tip: Known, byName: ReadonlyMap<CommitSha, Known>): Known {
  let made = tip;
  for (;;) {
    const [first] = made.parents;
    const parent = first === undefined ? undefined : byName.get(first);
    if (made.parents.length > 1 || parent === undefined || parent.tree !== tip.tree) return made;
    made = parent;
  }
}
