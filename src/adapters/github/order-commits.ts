import type { Commit, CommitSha } from "../../domain/model.ts";

/**
 * Each commit after its parents, otherwise as given. GitHub orders by date, and dates lie: a commit made on a machine whose clock was
 * slow may be listed before its parent.
 */
export function orderCommits(commits: readonly Commit[]): readonly Commit[] {
  const places = new Map(commits.map(({ sha }, index) => [sha, index] as const));
  const isOrdered = commits.every(({ parents }, index) =>
    parents.every((parent) => (places.get(parent) ?? -1) < index),
  );
  if (isOrdered) return commits;

  const bySha = new Map(commits.map((commit) => [commit.sha, commit] as const));
  const ordered: Commit[] = [];
  const done = new Set<CommitSha>();
  for (const commit of commits) {
    // A stack of its own: ten thousand commits in one line would be too deep for calls.
    const stack = [commit];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const waitsFor = done.has(top.sha)
        ? undefined
        : top.parents.map((parent) => bySha.get(parent)).find((parent) => parent && !done.has(parent.sha));
      if (waitsFor !== undefined) {
        stack.push(waitsFor);
        continue;
      }
      stack.pop();
      if (done.has(top.sha)) continue;
      done.add(top.sha);
      ordered.push(top);
    }
  }
  return ordered;
}
