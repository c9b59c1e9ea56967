import { diffTrees, type FileChange } from "../git/diff-trees.ts";
import type { GitCommit } from "../git/commit.ts";
import { findCommit } from "../actions/commits.ts";
import type { Json, Repository } from "../model.ts";
import { notFound, Refusal } from "../refusal.ts";
import { renderCommit } from "../render/commit.ts";
import { countChanges, renderFile } from "../render/files.ts";
import { pullRequestsOf } from "../pull-requests-of.ts";
import { renderPullRequestSimple } from "../render/pull-request.ts";
import { repositoryPage, repositoryUrl } from "../render/repository.ts";
import type { World } from "../world.ts";
import {
  paged,
  pageLinks,
  pageOf,
  type Reply,
  repositoryRoute,
  type RepositoryCall,
  type Route,
} from "./call.ts";
import { commitAt } from "./repository-routes.ts";

/** https://docs.github.com/en/rest/commits/commits#compare-two-commits */
const MAX_FILES_OF_RANGE = 300;
const MAX_COMMITS_UNPAGED = 250;
const MAX_FILES_OF_COMMIT = 3_000;
const FILES_A_PAGE = 300;

export const commitRoutes: readonly Route[] = [
  repositoryRoute("contents", "GET", "/compare/:basehead{.+}", compare),
  repositoryRoute("contents", "GET", "/commits", listCommits),
  repositoryRoute("pull_requests", "GET", "/commits/:sha/pulls", (call) => {
    const { world, repository } = call;
    const commit = commitAt(call, call.parameter("sha"));
    if (commit === null) throw noCommit(call.parameter("sha"));
    const found = pullRequestsOf(repository, commit.sha);
    return paged(call, found, (issue) => renderPullRequestSimple(world, repository, issue));
  }),
  repositoryRoute("contents", "GET", "/commits/:ref", readCommit),
];

function noCommit(ref: string): Refusal {
  return new Refusal(422, `No commit found for SHA: ${ref}`);
}

function compare(call: RepositoryCall): Reply {
  const { world, repository } = call;
  const basehead = call.parameter("basehead");
  const [baseName = "", headName, ...more] = basehead.split("...");
  const base = endOf(call, baseName);
  const head = headName === undefined || more.length > 0 ? null : endOf(call, headName);
  if (base === null || head === null) throw notFound();
  const { graph } = repository.git;
  const { mergeBase, ahead, behind } = graph.compare(base.sha, head.sha);
  const common = mergeBase === null ? null : graph.get(mergeBase);
  if (common === null) throw new Refusal(404, `No common ancestor between ${baseName} and ${headName}.`);
  const isPaged = call.query.has("per_page") || call.query.has("page");
  const { size, page } = pageOf(call);
  const shas = isPaged ? ahead.slice((page - 1) * size, page * size) : ahead.slice(-MAX_COMMITS_UNPAGED);
  const pageUrl = `${repositoryPage(world, repository)}/compare`;
  const ends = `${base.sha.slice(0, 12)}...${head.sha.slice(0, 12)}`;
  return {
    status: 200,
    headers: isPaged ? pageLinks(call, ahead.length, size, page) : {},
    body: {
      url: `${repositoryUrl(world, repository)}/compare/${basehead}`,
      html_url: `${pageUrl}/${basehead}`,
      permalink_url: `${pageUrl}/${ends}`,
      diff_url: `${pageUrl}/${basehead}.diff`,
      patch_url: `${pageUrl}/${basehead}.patch`,
      base_commit: renderCommit(world, repository, base),
      merge_base_commit: renderCommit(world, repository, common),
      status: relation(ahead.length, behind.length),
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits: shas.flatMap((sha) => {
        const commit = graph.get(sha);
        return commit === null ? [] : [renderCommit(world, repository, commit)];
      }),
      ...(isPaged && page > 1 ? {} : { files: rangeFiles(world, repository, common, head) }),
    },
  };
}

/** `main`, a sha, or `USER:main` of a fork in the same network. */
function endOf(call: RepositoryCall, name: string): GitCommit | null {
  const [owner = "", branch] = name.includes(":") ? name.split(":") : ["", name];
  if (branch === undefined) return null;
  if (owner === "" || owner === call.repository.owner.login) return commitAt(call, branch);
  const fork = [...call.world.repositories.values()].find(
    (one) => one.owner.login === owner && (one.parent === call.repository || one === call.repository.parent),
  );
  const sha = fork === undefined ? null : findCommit(fork, branch);
  return sha === null ? null : call.repository.git.graph.get(sha);
}

function relation(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return "diverged";
  if (ahead > 0) return "ahead";
  return behind > 0 ? "behind" : "identical";
}

function rangeFiles(world: World, repository: Repository, from: GitCommit, to: GitCommit): readonly Json[] {
  return diffTrees(repository.git.trees, from.tree, to.tree)
    .slice(0, MAX_FILES_OF_RANGE)
    .map((file) => renderFile(world, repository, file, to.sha));
}

function listCommits(call: RepositoryCall): Reply {
  const { world, repository, query } = call;
  const { graph, refs } = repository.git;
  if (refs.size === 0) throw new Refusal(409, "Git Repository is empty.");
  const from = commitAt(call, query.get("sha") ?? repository.defaultBranch);
  if (from === null) throw notFound();
  const { size, page } = pageOf(call);
  const shas: string[] = [];
  const last = page * size;
  // One more than the page, to know whether there is another.
  for (const sha of graph.list([from.sha])) {
    shas.push(sha);
    if (shas.length > last) break;
  }
  const commits = shas.slice((page - 1) * size, last).flatMap((sha) => graph.get(sha) ?? []);
  return {
    status: 200,
    headers: pageLinks(call, shas.length, size, page),
    body: commits.map((commit) => renderCommit(world, repository, commit)),
  };
}

function readCommit(call: RepositoryCall): Reply {
  const { world, repository } = call;
  const ref = call.parameter("ref").replace(/^(?:heads|tags)\//, "");
  const commit = commitAt(call, ref);
  if (commit === null) throw noCommit(call.parameter("ref"));
  const files = filesOf(repository, commit).slice(0, MAX_FILES_OF_COMMIT);
  const counts = files.map((file) => countChanges(repository, file));
  const additions = counts.reduce((sum, count) => sum + count.additions, 0);
  const deletions = counts.reduce((sum, count) => sum + count.deletions, 0);
  const { page } = pageOf(call);
  const size = call.query.has("per_page") ? pageOf(call).size : FILES_A_PAGE;
  return {
    status: 200,
    headers: pageLinks(call, files.length, size, page),
    body: {
      ...renderCommit(world, repository, commit),
      stats: { additions, deletions, total: additions + deletions },
      files: files
        .slice((page - 1) * size, page * size)
        .map((file) => renderFile(world, repository, file, commit.sha)),
    },
  };
}

function filesOf({ git }: Repository, commit: GitCommit): readonly FileChange[] {
  const [parent] = commit.parents;
  const before = parent === undefined ? null : (git.graph.get(parent)?.tree ?? null);
  return diffTrees(git.trees, before, commit.tree);
}
