import type { Commit, CommitSha } from "../../domain/model.ts";
import { isSha } from "./commit-record.ts";
import { readLog } from "./read-log.ts";
import { type Clone, askGit } from "./run-git.ts";

/**
 * Those of the named commits (whole shas or their beginnings) that the base has: what is live, however long
 * ago it was made. What is not here, or not live, is left out.
 */
export async function readLiveCommits(
  clone: Clone,
  base: CommitSha,
  named: readonly string[],
): Promise<readonly Commit[]> {
  if (named.length === 0) return [];
  const checked = await askGit(clone, ["cat-file", "--batch-check"], `${named.join("\n")}\n`);
  const known = checked.stdout.split("\n").flatMap((line) => {
    const [sha = "", type] = line.split(" ");
    return type === "commit" && isSha(sha) ? [sha] : [];
  });
  if (known.length === 0) return [];
  // Commits that the base does not have are listed; those that it has are not.
  const outside = await askGit(clone, ["rev-list", "--stdin"], `${known.join("\n")}\n^${base}\n`);
  if (outside.exitCode !== 0) return [];
  const notLive = new Set(outside.stdout.split("\n"));
  const live = known.filter((sha) => !notLive.has(sha));
  if (live.length === 0) return [];
  const read = await readLog(clone, ["--no-walk=unsorted"], live);
  return read.ok ? read.records.map(({ commit }) => commit) : [];
}
