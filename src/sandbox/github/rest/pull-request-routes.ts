import { z } from "zod";
import { changeBase, merge } from "../actions/pull-requests.ts";
import { diffTrees } from "../git/diff-trees.ts";
import { editIssue } from "../issues.ts";
import { notFound } from "../refusal.ts";
import { renderCommit } from "../render/commit.ts";
import { renderFile } from "../render/files.ts";
import {
  isPullRequest,
  type PullRequestIssue,
  renderPullRequest,
  renderPullRequestSimple,
} from "../render/pull-request.ts";
import { ok, paged, readBody, type Reply, repositoryRoute, type RepositoryCall, type Route } from "./call.ts";

/** https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request */
const MAX_COMMITS = 250;
const MAX_FILES = 3_000;

const edit = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  base: z.string().optional(),
});
const mergeWish = z.object({
  commit_title: z.string().nullish(),
  commit_message: z.string().nullish(),
  merge_method: z.enum(["merge", "squash", "rebase"]).default("merge"),
  sha: z.string().optional(),
});

export const pullRequestRoutes: readonly Route[] = [
  repositoryRoute("pull_requests", "GET", "/pulls", listPullRequests),
  repositoryRoute("pull_requests", "GET", "/pulls/:number", (call) =>
    ok(renderPullRequest(call.world, call.repository, find(call))),
  ),
  repositoryRoute("pull_requests", "PATCH", "/pulls/:number", (call) => {
    const { world, repository, actor } = call;
    const issue = find(call);
    const { base, ...wanted } = readBody(call, edit);
    editIssue(world, repository, issue, actor, wanted);
    changeBase(world, repository, issue, actor, base);
    return ok(renderPullRequest(world, repository, issue));
  }),
  repositoryRoute("pull_requests", "GET", "/pulls/:number/commits", (call) => {
    const { world, repository } = call;
    const commits = ownCommits(call)
      .slice(0, MAX_COMMITS)
      .flatMap((sha) => repository.git.graph.get(sha) ?? []);
    return paged(call, commits, (commit) => renderCommit(world, repository, commit));
  }),
  repositoryRoute("pull_requests", "GET", "/pulls/:number/files", (call) => {
    const { world, repository } = call;
    const { headSha, baseSha } = find(call).pullRequest;
    const { graph, trees } = repository.git;
    const { mergeBase } = graph.compare(baseSha, headSha);
    const before = mergeBase === null ? null : (graph.get(mergeBase)?.tree ?? null);
    const after = graph.get(headSha)?.tree;
    const files = after === undefined ? [] : diffTrees(trees, before, after).slice(0, MAX_FILES);
    return paged(call, files, (file) => renderFile(world, repository, file, headSha));
  }),
  repositoryRoute("contents", "PUT", "/pulls/:number/merge", (call) => {
    const { world, repository, actor } = call;
    const wanted = readBody(call, mergeWish);
    const { sha } = merge(world, repository, find(call), actor, {
      method: wanted.merge_method,
      title: wanted.commit_title ?? null,
      message: wanted.commit_message ?? null,
    });
    return ok({ sha, merged: true, message: "Pull Request successfully merged" });
  }),
];

function find(call: RepositoryCall): PullRequestIssue {
  const issue = call.repository.issues.get(call.number("number"));
  if (!isPullRequest(issue)) throw notFound();
  return issue;
}

function ownCommits(call: RepositoryCall): readonly string[] {
  const { pullRequest } = find(call);
  if (pullRequest.merge !== null) return pullRequest.merge.own;
  return call.repository.git.graph.compare(pullRequest.baseSha, pullRequest.headSha).ahead;
}

function listPullRequests(call: RepositoryCall): Reply {
  const { world, repository, query } = call;
  const state = query.get("state") ?? "open";
  const found = [...repository.issues.values()]
    .filter(isPullRequest)
    .filter(
      (issue) =>
        (state === "all" || issue.state === state) &&
        (query.get("base") ?? issue.pullRequest.baseBranch) === issue.pullRequest.baseBranch &&
        (query.get("head") ?? headOf(issue)) === headOf(issue),
    );
  const byUpdate = query.get("sort") === "updated";
  const at = (issue: PullRequestIssue): number => (byUpdate ? issue.updatedAt : issue.createdAt).getTime();
  const oldestFirst = found.toSorted((one, other) => at(one) - at(other) || one.number - other.number);
  const isAscending = query.get("direction") === "asc";
  return paged(call, isAscending ? oldestFirst : oldestFirst.toReversed(), (issue) =>
    renderPullRequestSimple(world, repository, issue),
  );
}

function headOf({ pullRequest }: PullRequestIssue): string {
  return `${pullRequest.headRepository.owner.login}:${pullRequest.headBranch}`;
}
