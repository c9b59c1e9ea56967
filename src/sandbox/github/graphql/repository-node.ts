import { findCommit } from "../actions/commits.ts";
import { isPullRequest } from "../render/pull-request.ts";
import type { Deployment, Json, Repository } from "../model.ts";
import { repositoryPage } from "../render/repository.ts";
import { fullName } from "../world.ts";
import { refOf } from "../rest/heads.ts";
import { accountNode } from "./account-node.ts";
import { type Connection, connectionOf, type Page } from "./connection.ts";
import { type GraphqlContext, GraphqlRefusal } from "./context.ts";
import { pullRequestNode, stateOf } from "./pull-request-node.ts";
import { deploymentNode } from "./deployment-node.ts";
import { objectNode } from "./object-node.ts";

/** `Repository`, as far as Holdpoint asks for it. */
export function repositoryNode(context: GraphqlContext, repository: Repository): Json {
  const { mergeMethods } = repository;
  const place = { repository, lagging: context.lagging };
  const refNode = (name: string): Json | null => {
    const sha = refOf(place, name);
    if (sha === null) return null;
    const [, kind = "", ...rest] = name.split("/");
    return {
      __typename: "Ref",
      id: `REF_${repository.id}_${name}`,
      name: rest.join("/"),
      prefix: `refs/${kind}/`,
      target: () => objectNode(context, repository, sha),
    };
  };
  return {
    __typename: "Repository",
    id: `R_${repository.id}`,
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    url: repositoryPage(context.world, repository),
    isPrivate: repository.private,
    isArchived: repository.archived,
    isFork: repository.parent !== null,
    visibility: repository.private ? "PRIVATE" : "PUBLIC",
    hasIssuesEnabled: repository.hasIssues,
    mergeCommitAllowed: mergeMethods.merge,
    squashMergeAllowed: mergeMethods.squash,
    rebaseMergeAllowed: mergeMethods.rebase,
    owner: () => accountNode(context.world, repository.owner),
    defaultBranchRef: () => refNode(`refs/heads/${repository.defaultBranch}`),
    ref: ({ qualifiedName }: { readonly qualifiedName: string }) =>
      refNode(qualifiedName.startsWith("refs/") ? qualifiedName : `refs/heads/${qualifiedName}`),
    object: ({ oid, expression }: { readonly oid?: string; readonly expression?: string }) =>
      oid === undefined || oid === null
        ? expressionNode(context, repository, expression ?? "")
        : objectNode(context, repository, oid),
    pullRequest: ({ number }: { readonly number: number }) => {
      const issue = repository.issues.get(number);
      if (!isPullRequest(issue)) {
        throw new GraphqlRefusal(
          "NOT_FOUND",
          `Could not resolve to a PullRequest with the number of ${number}.`,
        );
      }
      return pullRequestNode(context, issue);
    },
    pullRequests: (wanted: Page & { readonly states?: readonly string[] }) => {
      const all = [...repository.issues.values()].filter(isPullRequest);
      const seen = context.lagging ? all.slice(0, -1) : all;
      const found = seen.filter((issue) => wanted.states?.includes(stateOf(issue)) ?? true);
      return ordered(
        found,
        wanted,
        (issue) => issue.createdAt,
        (issue) => pullRequestNode(context, issue),
      );
    },
    deployments: (wanted: Page & { readonly environments?: readonly string[] | null }) => {
      const all = [...repository.deployments.values()].filter(
        ({ environment }) => wanted.environments?.includes(environment) ?? true,
      );
      const seen: readonly Deployment[] = context.lagging ? all.slice(0, -1) : all;
      return ordered(
        seen,
        wanted,
        (one) => one.createdAt,
        (one) => deploymentNode(context, repository, one),
      );
    },
  };
}

/** `main:docs/policy.md`, `HEAD`, a branch or a sha. */
function expressionNode(context: GraphqlContext, repository: Repository, expression: string): Json | null {
  const [ref = "", path] = expression.split(/:(.*)/s);
  const place = { repository, lagging: context.lagging };
  const name = ref === "HEAD" ? repository.defaultBranch : ref.replace(/^refs\/heads\//, "");
  const sha = refOf(place, `refs/heads/${name}`) ?? findCommit(repository, name);
  if (sha === null) return null;
  if (path === undefined) return objectNode(context, repository, sha);
  return objectAt(context, repository, sha, path);
}

function objectAt(context: GraphqlContext, repository: Repository, sha: string, path: string): Json | null {
  const commit = repository.git.graph.get(sha);
  const entry = commit === null ? null : repository.git.trees.find(commit.tree, path);
  return entry === null ? null : objectNode(context, repository, entry.sha);
}

function ordered<Item>(
  items: readonly Item[],
  wanted: Page,
  at: (item: Item) => Date,
  node: (item: Item) => Json,
): Connection {
  const oldestFirst = items.toSorted((one, other) => at(one).getTime() - at(other).getTime());
  const descending = wanted.orderBy?.direction === "DESC";
  return connectionOf(descending ? oldestFirst.toReversed() : oldestFirst, wanted, node);
}
