import type { Json } from "../model.ts";
import { issuePage } from "../render/issue.ts";
import type { PullRequestIssue } from "../render/pull-request.ts";
import { renderTime } from "../render/time.ts";
import { accountNode } from "./account-node.ts";
import type { GraphqlContext } from "./context.ts";
import { objectNode } from "./object-node.ts";

/** `PullRequest`, as far as Holdpoint asks for it. */
export function pullRequestNode(context: GraphqlContext, issue: PullRequestIssue): Json {
  const { pullRequest } = issue;
  const { headRepository, baseRepository, merge } = pullRequest;
  return {
    __typename: "PullRequest",
    id: `PR_${pullRequest.id}`,
    databaseId: pullRequest.id,
    number: issue.number,
    title: issue.title,
    body: issue.body ?? "",
    state: stateOf(issue),
    isDraft: pullRequest.draft,
    merged: merge !== null,
    mergedAt: merge === null ? null : renderTime(merge.at),
    createdAt: renderTime(issue.createdAt),
    updatedAt: renderTime(issue.updatedAt),
    url: issuePage(context.world, baseRepository, issue),
    headRefName: pullRequest.headBranch,
    headRefOid: pullRequest.headSha,
    baseRefName: pullRequest.baseBranch,
    baseRefOid: pullRequest.baseSha,
    isCrossRepository: headRepository !== baseRepository,
    headRepository: () =>
      context.world.repositories.has(headRepository.id)
        ? context.nodes.repository(context, headRepository)
        : null,
    baseRepository: () => context.nodes.repository(context, baseRepository),
    author: () => accountNode(context.world, issue.author),
    mergeCommit: () => (merge === null ? null : objectNode(context, baseRepository, merge.sha)),
  };
}

export function stateOf({ state, pullRequest }: PullRequestIssue): "OPEN" | "CLOSED" | "MERGED" {
  if (pullRequest.merge !== null) return "MERGED";
  return state === "open" ? "OPEN" : "CLOSED";
}
