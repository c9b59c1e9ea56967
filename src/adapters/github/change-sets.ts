import type { ChangeSet, Commit, CommitSha, Reading } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import type { ReadsChanges, RepositoryRef } from "../../ports/repository.ts";
import { readCommitPullRequests } from "./commit-pull-requests.ts";
import {
  COMMITS_A_PAGE,
  type ComparePage,
  refusedCommits,
  parseCommits,
  readComparePage,
  readComparePages,
} from "./compare.ts";
import { isFields } from "./json.ts";
import { orderCommits } from "./order-commits.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

/** Of the commits that would be lost, the newest are read; `behindBy` counts all of them. */
const MAX_LOST_PAGES = 3;

export const COMMITS_EXIST_QUERY = `query CommitsExist($owner: String!, $name: String!, $base: GitObjectID!, $head: GitObjectID!) {
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId
    base: object(oid: $base) { oid ... on Commit { tree { oid } } }
    head: object(oid: $head) { oid ... on Commit { tree { oid } } }
  }
}`;

interface Range {
  readonly base: CommitSha;
  readonly head: CommitSha;
}

export function createChangeReads(calls: RepositoryCalls): ReadsChanges {
  return {
    readChangeSet: async (repository, base, head, pullRequests = "read") => {
      const range = { base, head };
      if (base === head) return { state: "known", value: identical(range) };
      const first = await readComparePage(calls, repository, range, 1);
      if ("refusedWith" in first) return explainRefusal(calls, repository, range, first.refusedWith);
      const commits = await readAhead(calls, repository, range, first);
      if (commits.length !== first.total) {
        const detail = wording.githubCommitsMissing(commits.length, first.total);
        return { state: "unknown", because: "truncated", detail, retryAt: null };
      }
      const [lost, byCommit] = await Promise.all([
        readLost(calls, repository, range, first.behindBy),
        pullRequests === "skip"
          ? new Map<CommitSha, never>()
          : readCommitPullRequests(
              calls,
              repository,
              commits.map(({ sha }) => sha),
            ),
      ]);
      return {
        state: "known",
        value: {
          ...range,
          relation: first.relation,
          aheadBy: first.aheadBy,
          behindBy: first.behindBy,
          mergeBase: first.mergeBase,
          commits: orderCommits(commits),
          lost: orderCommits(lost),
          pullRequests: byCommit,
          knowsPullRequests: true,
        },
      };
    },

    readRecentCommits: (repository, head, limit) => readRecent(calls, repository, head, limit),
  };
}

function identical(range: Range): ChangeSet {
  return {
    ...range,
    relation: "identical",
    aheadBy: 0,
    behindBy: 0,
    commits: [],
    lost: [],
    pullRequests: new Map(),
    knowsPullRequests: true,
  };
}

async function readAhead(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  range: Range,
  first: ComparePage,
): Promise<readonly Commit[]> {
  const pages = Math.ceil(first.total / COMMITS_A_PAGE);
  const others = Array.from({ length: Math.max(0, pages - 1) }, (_, index) => index + 2);
  const rest = await readComparePages(calls, repository, range, others);
  return unique([...first.commits, ...rest]);
}

/** By the comparison the other way round, its last pages: they hold the newest. */
async function readLost(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  { base, head }: Range,
  behindBy: number,
): Promise<readonly Commit[]> {
  const last = Math.ceil(behindBy / COMMITS_A_PAGE);
  const first = Math.max(1, last - MAX_LOST_PAGES + 1);
  const pages = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return unique(await readComparePages(calls, repository, { base: head, head: base }, pages));
}

function unique(commits: readonly Commit[]): readonly Commit[] {
  return [...new Map(commits.map((commit) => [commit.sha, commit] as const)).values()];
}

/** GitHub says 404 to a commit that is not there and to histories without a common commit alike. */
async function explainRefusal(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  range: Range,
  status: number,
): Promise<Reading<ChangeSet>> {
  if (status !== 404) {
    const detail = wording.githubCompareGaveUp(status);
    return { state: "unknown", because: "github-inconsistent", detail, retryAt: null };
  }
  const answer = await calls.graphql(repository, {
    query: COMMITS_EXIST_QUERY,
    variables: { ...range },
    doing: "looking for the two commits",
  });
  for (const side of ["base", "head"] as const) {
    if (!isFields(answer.repository[side])) {
      return { state: "missing", detail: wording.githubObjectGone(`Commit ${range[side]}`) };
    }
  }
  const detail = wording.githubUnrelated(range.base, range.head);
  return { state: "unknown", because: "unrelated-histories", detail, retryAt: null };
}

/** An empty repository (409) has none. */
async function readRecent(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  head: CommitSha,
  limit: number,
): Promise<readonly Commit[]> {
  const doing = `reading the commits before ${head.slice(0, 7)}`;
  const commits: Commit[] = [];
  for (let page = 1; commits.length < limit; page += 1) {
    const answer = await calls.rest(repository, {
      route: "GET /repos/{owner}/{repo}/commits",
      parameters: { sha: head, per_page: COMMITS_A_PAGE, page },
      doing,
    });
    if (answer.status === 409) break;
    if (answer.status !== 200) throw refusedCommits(doing, answer.status);
    const read = parseCommits(answer);
    commits.push(...read);
    if (read.length < COMMITS_A_PAGE) break;
  }
  return commits.slice(0, limit);
}
