import type { GitCommit } from "./commit.ts";
import { createDateQueue } from "./date-queue.ts";

/** What compare needs to know of two commits. */
export interface Comparison {
  /** Newest of the best common ancestors; null: unrelated histories. */
  readonly mergeBase: string | null;
  /** Reachable from the head and not from the base, oldest first. */
  readonly ahead: readonly string[];
  readonly behind: readonly string[];
}

/** The commits of a repository in memory, walked as `git rev-list` walks them. */
export interface CommitGraph {
  readonly add: (commit: GitCommit) => void;
  readonly get: (sha: string) => GitCommit | null;
  /** Commits whose sha begins so. */
  readonly beginningWith: (prefix: string) => readonly string[];
  readonly reachable: (from: string) => ReadonlySet<string>;
  /** `git rev-list from`, newest first; `until` stops it early. */
  readonly list: (from: readonly string[], without?: ReadonlySet<string>) => Generator<string>;
  readonly compare: (base: string, head: string) => Comparison;
  readonly size: () => number;
}

const REMEMBERED_COMPARISONS = 64;

export function createCommitGraph(): CommitGraph {
  const commits = new Map<string, GitCommit>();
  const comparisons = new Map<string, Comparison>();

  function parentsOf(sha: string): readonly string[] {
    return commits.get(sha)?.parents ?? [];
  }

  function reachable(from: string): Set<string> {
    const seen = new Set<string>([from]);
    const stack = [from];
    for (let sha = stack.pop(); sha !== undefined; sha = stack.pop()) {
      for (const parent of parentsOf(sha)) {
        if (seen.has(parent)) continue;
        seen.add(parent);
        stack.push(parent);
      }
    }
    return seen;
  }

  function* list(from: readonly string[], without: ReadonlySet<string> = new Set()): Generator<string> {
    const seen = new Set<string>();
    const queue = createDateQueue();
    const offer = (sha: string): void => {
      if (seen.has(sha) || without.has(sha)) return;
      seen.add(sha);
      queue.push(sha, commits.get(sha)?.committer.at ?? 0);
    };
    from.forEach(offer);
    for (let sha = queue.pop(); sha !== null; sha = queue.pop()) {
      yield sha;
      parentsOf(sha).forEach(offer);
    }
  }

  function compare(base: string, head: string): Comparison {
    const key = `${base}...${head}`;
    const known = comparisons.get(key);
    if (known !== undefined) return known;
    const fromBase = reachable(base);
    const fromHead = reachable(head);
    const comparison = {
      mergeBase: findMergeBase(fromBase, fromHead),
      ahead: [...list([head], fromBase)].toReversed(),
      behind: [...list([base], fromHead)].toReversed(),
    };
    const [oldest] = comparisons.keys();
    if (comparisons.size >= REMEMBERED_COMPARISONS && oldest !== undefined) comparisons.delete(oldest);
    comparisons.set(key, comparison);
    return comparison;
  }

  /** A common ancestor is a best one when it is no other common ancestor's parent: all of its ancestors are common, too. */
  function findMergeBase(one: ReadonlySet<string>, other: ReadonlySet<string>): string | null {
    const common = [...one].filter((sha) => other.has(sha));
    const covered = new Set(common.flatMap((sha) => parentsOf(sha)));
    const best = common.filter((sha) => !covered.has(sha));
    const age = (sha: string): number => commits.get(sha)?.committer.at ?? 0;
    return best.toSorted((a, b) => age(b) - age(a))[0] ?? null;
  }

  return {
    add: (commit) => void commits.set(commit.sha, commit),
    get: (sha) => commits.get(sha) ?? null,
    beginningWith: (prefix) => [...commits.keys()].filter((sha) => sha.startsWith(prefix)),
    reachable,
    list,
    compare,
    size: () => commits.size,
  };
}
