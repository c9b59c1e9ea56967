import type { Repository } from "./model.ts";
import { isPullRequest, type PullRequestIssue } from "./render/pull-request.ts";

interface Index {
  readonly merged: ReadonlyMap<string, readonly PullRequestIssue[]>;
  readonly open: ReadonlyMap<string, readonly PullRequestIssue[]>;
}

/**
 * The pull requests that a commit is known by: the merged one that brought it to its base, else every one that has it in its
 * range. https://docs.github.com/en/rest/commits/commits#list-pull-requests-associated-with-a-commit
 */
export function pullRequestsOf(repository: Repository, sha: string): readonly PullRequestIssue[] {
  const { merged, open } = indexOf(repository);
  return merged.get(sha) ?? open.get(sha) ?? [];
}

const indexes = new WeakMap<Repository, { readonly key: string; readonly index: Index }>();

/** Asking for a hundred commits must not compare a hundred times: remembered until a pull request changes. */
function indexOf(repository: Repository): Index {
  const issues = [...repository.issues.values()].filter(isPullRequest);
  const key = issues
    .map(
      ({ number, state, pullRequest }) => `${number}${state}${pullRequest.headSha}${pullRequest.baseBranch}`,
    )
    .join();
  const known = indexes.get(repository);
  if (known?.key === key) return known.index;
  const merged = new Map<string, PullRequestIssue[]>();
  const open = new Map<string, PullRequestIssue[]>();
  const put = (into: Map<string, PullRequestIssue[]>, sha: string, issue: PullRequestIssue): void => {
    into.set(sha, [...(into.get(sha) ?? []), issue]);
  };
  for (const issue of issues) {
    const { pullRequest } = issue;
    for (const sha of pullRequest.merge?.shas ?? []) put(merged, sha, issue);
    for (const sha of pullRequest.merge?.own ?? []) put(open, sha, issue);
    if (pullRequest.merge !== null || issue.state !== "open") continue;
    const { ahead } = repository.git.graph.compare(pullRequest.baseSha, pullRequest.headSha);
    for (const sha of ahead) put(open, sha, issue);
  }
  const index = { merged, open };
  indexes.set(repository, { key, index });
  return index;
}
