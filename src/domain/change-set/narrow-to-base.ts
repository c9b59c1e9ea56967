import type { Commit, CommitSha } from "../model.ts";

/**
 * The commits of the list that are neither `base` nor an ancestor of it within the list; all of them where
 * `base` is not in the list. The order stays.
 *
 * @param commits oldest first, every commit after its parents
 */
export function narrowToBase<Listed extends Pick<Commit, "sha" | "parents">>(
  commits: readonly Listed[],
  base: CommitSha,
): readonly Listed[] {
  const live = new Set<CommitSha>([base]);
  // Children come after their parents, so one walk from the newest to the oldest meets every ancestor.
  for (const { sha, parents } of commits.toReversed()) {
    if (live.has(sha)) for (const parent of parents) live.add(parent);
  }
  return commits.filter(({ sha }) => !live.has(sha));
}
