import type { CommitSha, PullRequest } from "../model.ts";
import type { TrunkCommit } from "./evidence.ts";
import type { RangePullRequest, RedRange } from "./issue-view.ts";

/** How a commit came to the trunk. */
interface Origin {
  readonly isMerge: boolean;
  readonly pullRequest: PullRequest | null;
}

/** What fits into one question to GitHub. */
const MOST_COMMITS = 100;

export interface RangeCommits {
  /** Newest first. */
  readonly commits: readonly TrunkCommit[];
  /** null: no green was found before it in what was read. */
  readonly after: CommitSha | null;
  readonly incomplete: boolean;
}

/**
 * The trunk's commits after the last green, up to the first red. Where no green is known, the first red commit alone is looked at:
 * everything before it would be a list of people who have nothing to do with it.
 */
export function commitsOfRange(
  chain: readonly TrunkCommit[],
  firstRed: CommitSha,
  lastGreen: CommitSha | null,
): RangeCommits {
  const from = chain.findIndex(({ sha }) => sha === firstRed);
  const [...older] = from < 0 ? [] : chain.slice(from);
  const to = lastGreen === null ? -1 : older.findIndex(({ sha }) => sha === lastGreen);
  if (to < 0) return { commits: older.slice(0, 1), after: null, incomplete: true };
  return {
    commits: older.slice(0, Math.min(Math.max(to, 1), MOST_COMMITS)),
    after: lastGreen,
    incomplete: to > MOST_COMMITS,
  };
}

/** The range with what is known of where its commits came from; a commit that GitHub does not know counts as a direct push. */
export function redRange(
  { commits, after, incomplete }: RangeCommits,
  firstRed: CommitSha,
  origins: ReadonlyMap<CommitSha, Origin>,
): RedRange {
  const pullRequests = new Map<number, RangePullRequest>();
  for (const { sha } of commits) {
    const brought = origins.get(sha)?.pullRequest ?? null;
    if (brought === null) continue;
    const { number, title, url, author } = brought;
    pullRequests.set(number, { number, title, url, author });
  }
  return {
    after,
    upTo: firstRed,
    commits: commits.map(({ sha, subject }) => {
      const origin = origins.get(sha);
      return {
        sha,
        subject,
        isMerge: origin?.isMerge ?? false,
        pullRequest: origin?.pullRequest?.number ?? null,
      };
    }),
    pullRequests: [...pullRequests.values()],
    incomplete: incomplete || commits.some(({ sha }) => !origins.has(sha)),
  };
}
