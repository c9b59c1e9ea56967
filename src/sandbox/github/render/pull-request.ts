import { diffTrees } from "../git/diff-trees.ts";
import { mergeTrees } from "../git/merge-trees.ts";
import type { Account, Issue, Json, PullRequest, Repository } from "../model.ts";
import type { World } from "../world.ts";
import { renderAccount } from "./account.ts";
import { countChanges } from "./files.ts";
import { associationOf, issuePage, labelsOf, renderLabel } from "./issue.ts";
import { renderRepository, repositoryUrl } from "./repository.ts";
import { renderTime } from "./time.ts";

export type PullRequestIssue = Issue & { readonly pullRequest: PullRequest };

export function isPullRequest(issue: Issue | undefined): issue is PullRequestIssue {
  return issue !== undefined && issue.pullRequest !== null;
}

/** The REST schema `pull-request-simple`. */
export function renderPullRequestSimple(world: World, repository: Repository, issue: PullRequestIssue): Json {
  const url = `${repositoryUrl(world, repository)}/pulls/${issue.number}`;
  const issueUrl = `${repositoryUrl(world, repository)}/issues/${issue.number}`;
  const page = issuePage(world, repository, issue);
  const { pullRequest } = issue;
  const { merge } = pullRequest;
  const statuses = `${repositoryUrl(world, repository)}/statuses/${pullRequest.headSha}`;
  const account = (one: Account): Json => renderAccount(world, one);
  return {
    url,
    id: pullRequest.id,
    node_id: `PR_${pullRequest.id}`,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issueUrl,
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: account(issue.author),
    body: issue.body,
    created_at: renderTime(issue.createdAt),
    updated_at: renderTime(issue.updatedAt),
    closed_at: issue.closedAt === null ? null : renderTime(issue.closedAt),
    merged_at: merge === null ? null : renderTime(merge.at),
    merge_commit_sha: merge?.sha ?? null,
    assignee: issue.assignees[0] === undefined ? null : account(issue.assignees[0]),
    assignees: issue.assignees.map(account),
    requested_reviewers: [],
    requested_teams: [],
    labels: labelsOf(repository, issue).map((label) => ({
      ...renderLabel(world, repository, label),
      // By its description never null here, as it is elsewhere.
      description: label.description ?? "",
    })),
    milestone: null,
    draft: pullRequest.draft,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${repositoryUrl(world, repository)}/pulls/comments{/number}`,
    comments_url: `${issueUrl}/comments`,
    statuses_url: statuses,
    head: renderEnd(world, pullRequest.headRepository, pullRequest.headBranch, pullRequest.headSha),
    base: renderEnd(world, repository, pullRequest.baseBranch, pullRequest.baseSha),
    _links: {
      self: { href: url },
      html: { href: page },
      issue: { href: issueUrl },
      comments: { href: `${issueUrl}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${repositoryUrl(world, repository)}/pulls/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
    author_association: associationOf(repository, issue.author),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** The REST schema `pull-request`, as webhooks have it, too. */
export function renderPullRequest(world: World, repository: Repository, issue: PullRequestIssue): Json {
  const { pullRequest } = issue;
  const { graph, trees, objects } = repository.git;
  const { mergeBase, ahead } = graph.compare(pullRequest.baseSha, pullRequest.headSha);
  const treeOf = (sha: string | null): string | null =>
    sha === null ? null : (graph.get(sha)?.tree ?? null);
  const [base, ours, theirs] = [mergeBase, pullRequest.baseSha, pullRequest.headSha].map(treeOf);
  const files = theirs === null || theirs === undefined ? [] : diffTrees(trees, base ?? null, theirs);
  const counts = files.map((file) => countChanges(repository, file));
  const isOpen = issue.state === "open";
  const mergeable =
    !isOpen || !base || !ours || !theirs
      ? null
      : mergeTrees(objects, trees, { base, ours, theirs }).state === "merged";
  return {
    ...renderPullRequestSimple(world, repository, issue),
    merged: pullRequest.merge !== null,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: mergeable === null ? "unknown" : mergeable ? "clean" : "dirty",
    merged_by: pullRequest.merge === null ? null : renderAccount(world, pullRequest.merge.by),
    comments: issue.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: ahead.length,
    additions: counts.reduce((sum, { additions }) => sum + additions, 0),
    deletions: counts.reduce((sum, { deletions }) => sum + deletions, 0),
    changed_files: files.length,
  };
}

/** The REST schema `pull-request-minimal`: in check runs and workflow runs. */
export function renderPullRequestMinimal(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
): Json {
  const end = (from: Repository, ref: string, sha: string): Json => ({
    ref,
    sha,
    repo: { id: from.id, url: repositoryUrl(world, from), name: from.name },
  });
  const { pullRequest } = issue;
  return {
    id: pullRequest.id,
    number: issue.number,
    url: `${repositoryUrl(world, repository)}/pulls/${issue.number}`,
    head: end(pullRequest.headRepository, pullRequest.headBranch, pullRequest.headSha),
    base: end(repository, pullRequest.baseBranch, pullRequest.baseSha),
  };
}

function renderEnd(world: World, repository: Repository, ref: string, sha: string): Json {
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: renderAccount(world, repository.owner),
    repo: renderRepository(world, repository),
  };
}
