import type { CommitSha } from "../../domain/model.ts";
import type { CommitOrigin, ReadsOrigins, RepositoryRef } from "../../ports/repository.ts";
import { type Fields, fields, integer, isFields } from "./json.ts";
import { parsePullRequestsOf, PULL_REQUEST_FRAGMENT } from "./parse-pull-request.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

const MOST_COMMITS = 100;

/** Objects are asked for by variables of GitHub's own type for them, so that nothing else can stand there. */
export function commitOriginsQuery(count: number): string {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const variables = numbers.map((index) => `, $c${index}: GitObjectID!`).join("");
  const commits = numbers.map((index) => `    c${index}: object(oid: $c${index}) { ...origin }`).join("\n");
  return `query CommitOrigins($owner: String!, $name: String!${variables}) {
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId
${commits}
  }
}
fragment origin on Commit {
  parents(first: 1) { totalCount }
  associatedPullRequests(first: 5) { nodes { ...pullRequest } }
}
${PULL_REQUEST_FRAGMENT}`;
}

/** One call, so a hundred commits at most; those that GitHub does not know are left out. */
export function createOriginReads(calls: RepositoryCalls): ReadsOrigins {
  return {
    readOrigins: async (repository, commits) => {
      const asked = commits.slice(0, MOST_COMMITS);
      const found = new Map<CommitSha, CommitOrigin>();
      if (asked.length === 0) return found;
      const answer = await calls.graphql(repository, {
        query: commitOriginsQuery(asked.length),
        variables: Object.fromEntries(asked.map((sha, index) => [`c${index}`, sha])),
        doing: "reading where commits came from",
      });
      for (const [index, sha] of asked.entries()) {
        const commit = answer.repository[`c${index}`];
        if (isFields(commit)) found.set(sha, parseOrigin(commit, repository));
      }
      return found;
    },
  };
}

/** The merged pull request is the one that brought it; an open one may only have it, too. */
function parseOrigin(commit: Fields, repository: RepositoryRef): CommitOrigin {
  const pullRequests = parsePullRequestsOf(commit, repository);
  return {
    isMerge: integer(fields(commit["parents"], "parents"), "totalCount") > 1,
    pullRequest: pullRequests.find(({ state }) => state === "merged") ?? null,
  };
}
