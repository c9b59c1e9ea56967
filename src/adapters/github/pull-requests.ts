import type { PullRequest } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import type { ReadsPullRequests } from "../../ports/repository.ts";
import { fields, flag, integer, isFields, list, text } from "./json.ts";
import { parsePullRequest, PULL_REQUEST_FRAGMENT } from "./parse-pull-request.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

const MAX_OPEN = 1_000;

export const PULL_REQUEST_QUERY = `query PullRequest($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId
    pullRequest(number: $number) { ...pullRequest }
  }
}
${PULL_REQUEST_FRAGMENT}`;

/** By cursor: closing one while the pages are read moves no other to a page that was read already. */
export const OPEN_PULL_REQUESTS_QUERY = `query OpenPullRequests($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId
    pullRequests(states: OPEN, first: 100, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { ...pullRequest }
    }
  }
}
${PULL_REQUEST_FRAGMENT}`;

export function createPullRequestReads(calls: RepositoryCalls): ReadsPullRequests {
  return {
    readPullRequest: async (repository, number) => {
      const answer = await calls.graphql(repository, {
        query: PULL_REQUEST_QUERY,
        variables: { number },
        doing: `reading pull request ${number}`,
      });
      const { pullRequest } = answer.repository;
      if (isFields(pullRequest)) return { state: "known", value: parsePullRequest(pullRequest) };
      return { state: "missing", detail: wording.githubObjectGone(`Pull request ${number}`) };
    },

    readOpenPullRequests: async (repository) => {
      const byNumber = new Map<number, PullRequest>();
      for (let after: string | null = null; ;) {
        const answer = await calls.graphql(repository, {
          query: OPEN_PULL_REQUESTS_QUERY,
          variables: { after },
          doing: "reading the open pull requests",
        });
        const page = fields(answer.repository["pullRequests"], "pullRequests");
        const total = integer(page, "totalCount");
        if (total > MAX_OPEN) {
          const detail = wording.githubTooManyPullRequests(total);
          return { state: "unknown", because: "truncated", detail, retryAt: null };
        }
        for (const node of list(page["nodes"], "nodes")) {
          const pullRequest = parsePullRequest(node);
          byNumber.set(pullRequest.number, pullRequest);
        }
        const pageInfo = fields(page["pageInfo"], "pageInfo");
        if (!flag(pageInfo, "hasNextPage")) return { state: "known", value: [...byNumber.values()] };
        after = text(pageInfo, "endCursor");
      }
    },
  };
}
