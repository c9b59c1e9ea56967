import type { CommitSha, PullRequest } from "../../domain/model.ts";
import { Fault } from "../../errors.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import { isFields } from "./json.ts";
import { parsePullRequestsOf, PULL_REQUEST_FRAGMENT } from "./parse-pull-request.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

const COMMITS_A_QUERY = 100;
const QUERIES_AT_ONCE = 3;
/** A query that GitHub cannot answer in its ten seconds is cut in halves, down to this. */
const SMALLEST_QUERY = 25;

/** Objects are asked for by variables of GitHub's own type for them, so that nothing else can stand there. */
export function commitPullRequestsQuery(count: number): string {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const variables = numbers.map((index) => `, $c${index}: GitObjectID!`).join("");
  const commits = numbers
    .map((index) => `    c${index}: object(oid: $c${index}) { ...pullRequests }`)
    .join("\n");
  return `query CommitPullRequests($owner: String!, $name: String!${variables}) {
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId
${commits}
  }
}
fragment pullRequests on Commit { associatedPullRequests(first: 5) { nodes { ...pullRequest } } }
${PULL_REQUEST_FRAGMENT}`;
}

/** For each commit that has some: the pull requests that brought it, merged ones first. A hundred commits a call. */
export async function readCommitPullRequests(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  commits: readonly CommitSha[],
): Promise<ReadonlyMap<CommitSha, readonly PullRequest[]>> {
  const batches = Array.from({ length: Math.ceil(commits.length / COMMITS_A_QUERY) }, (_, index) =>
    commits.slice(index * COMMITS_A_QUERY, (index + 1) * COMMITS_A_QUERY),
  );
  const found = new Map<CommitSha, readonly PullRequest[]>();
  /** One object per pull request, however many commits it brought. */
  const byNumber = new Map<number, PullRequest>();

  async function readBatch(batch: readonly CommitSha[]): Promise<void> {
    try {
      const { repository: data } = await calls.graphql(repository, {
        query: commitPullRequestsQuery(batch.length),
        variables: Object.fromEntries(batch.map((sha, index) => [`c${index}`, sha])),
        doing: "reading the pull requests of commits",
      });
      for (const [index, sha] of batch.entries()) keep(sha, data[`c${index}`]);
    } catch (error) {
      const tooMuch = error instanceof Fault && error.code === "github-unreachable";
      if (!tooMuch || batch.length <= SMALLEST_QUERY) throw error;
      const half = Math.ceil(batch.length / 2);
      await readBatch(batch.slice(0, half));
      await readBatch(batch.slice(half));
    }
  }

  function keep(sha: CommitSha, commit: unknown): void {
    if (!isFields(commit)) return;
    const pullRequests = parsePullRequestsOf(commit, repository).map((parsed) => {
      const known = byNumber.get(parsed.number) ?? parsed;
      byNumber.set(parsed.number, known);
      return known;
    });
    if (pullRequests.length > 0) found.set(sha, mergedFirst(pullRequests));
  }

  const queue = batches.values();
  await Promise.all(
    Array.from({ length: QUERIES_AT_ONCE }, async () => {
      for (const batch of queue) await readBatch(batch);
    }),
  );
  return found;
}

function mergedFirst(pullRequests: readonly PullRequest[]): readonly PullRequest[] {
  const isMerged = ({ state }: PullRequest): boolean => state === "merged";
  return [...pullRequests.filter(isMerged), ...pullRequests.filter((one) => !isMerged(one))];
}
