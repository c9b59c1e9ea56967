import type { Commit, CommitSha, Relation } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import type { Answer } from "./exchange.ts";
import { fields, integer, list, text, unexpected } from "./json.ts";
import { parseCommit } from "./parse-commit.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

export const COMMITS_A_PAGE = 100;
const PAGES_AT_ONCE = 3;

/** One page of a comparison, without its files: those come on the first page alone, 300 at most. */
export interface ComparePage {
  readonly relation: Exclude<Relation, "unrelated">;
  readonly aheadBy: number;
  readonly behindBy: number;
  readonly total: number;
  readonly mergeBase: { readonly sha: CommitSha; readonly tree: string };
  readonly commits: readonly Commit[];
}

/** Commits come oldest first, a hundred a page; without paging GitHub silently leaves the oldest out. */
export async function readComparePage(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  range: { readonly base: CommitSha; readonly head: CommitSha },
  page: number,
): Promise<ComparePage | { readonly refusedWith: number }> {
  const answer = await calls.rest(repository, {
    route: "GET /repos/{owner}/{repo}/compare/{basehead}",
    parameters: { basehead: `${range.base}...${range.head}`, per_page: COMMITS_A_PAGE, page },
    doing: `comparing ${range.base.slice(0, 7)} with ${range.head.slice(0, 7)}`,
  });
  return answer.status === 200 ? parsePage(answer) : { refusedWith: answer.status };
}

/** Several pages, at most three at a time. */
export async function readComparePages(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  range: { readonly base: CommitSha; readonly head: CommitSha },
  pages: readonly number[],
): Promise<readonly Commit[]> {
  const byPage = new Map<number, readonly Commit[]>();
  const queue = pages.values();
  await Promise.all(
    Array.from({ length: PAGES_AT_ONCE }, async () => {
      for (const page of queue) {
        const read = await readComparePage(calls, repository, range, page);
        if ("refusedWith" in read) throw refusedCommits("reading a range page by page", read.refusedWith);
        byPage.set(page, read.commits);
      }
    }),
  );
  return pages.flatMap((page) => byPage.get(page) ?? []);
}

function parsePage(answer: Answer): ComparePage {
  const from = fields(answer.data, "comparison");
  const mergeBase = parseCommit(from["merge_base_commit"]);
  const relation = text(from, "status");
  if (relation !== "identical" && relation !== "ahead" && relation !== "behind" && relation !== "diverged") {
    throw unexpected("status");
  }
  return {
    relation,
    aheadBy: integer(from, "ahead_by"),
    behindBy: integer(from, "behind_by"),
    total: integer(from, "total_commits"),
    mergeBase: { sha: mergeBase.sha, tree: mergeBase.tree },
    commits: list(from["commits"], "commits").map(parseCommit),
  };
}

/** For `GET /repos/{owner}/{repo}/commits`. */
export function parseCommits(answer: Answer): readonly Commit[] {
  return list(answer.data, "commits").map(parseCommit);
}

/** A range that was there a moment ago and is refused now. */
export function refusedCommits(doing: string, status: number): Fault {
  return new Fault({
    kind: "retry-later",
    code: "github-inconsistent",
    doing,
    status,
    detail: wording.githubAnsweredError(status),
  });
}
