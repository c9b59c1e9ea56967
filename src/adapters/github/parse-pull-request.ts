import type { PullRequest } from "../../domain/model.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import {
  type Fields,
  fields,
  integer,
  list,
  optionalFields,
  optionalInteger,
  optionalText,
  sha,
  text,
  unexpected,
} from "./json.ts";

/** What is asked of a `PullRequest` in GraphQL. */
export const PULL_REQUEST_FRAGMENT = `fragment pullRequest on PullRequest {
  number title body state url headRefName headRefOid baseRefName
  headRepository { databaseId }
  baseRepository { databaseId }
  author { __typename login }
}`;

const STATES = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

/** From the fragment. A deleted account has no author. */
export function parsePullRequest(data: unknown): PullRequest {
  const from = fields(data, "pullRequest");
  const headRepository = optionalFields(from["headRepository"], "headRepository");
  const author = optionalFields(from["author"], "author");
  return {
    number: integer(from, "number"),
    title: text(from, "title"),
    body: optionalText(from, "body") ?? "",
    headBranch: text(from, "headRefName"),
    headSha: sha(from, "headRefOid"),
    baseBranch: text(from, "baseRefName"),
    headRepositoryId: headRepository === null ? null : optionalInteger(headRepository, "databaseId"),
    author: author === null ? null : loginOf(author),
    state: parseState(text(from, "state")),
    url: text(from, "url"),
  };
}

/**
 * Those that GitHub knows a commit by. Pull requests into forks are among them, with numbers and titles that anybody may choose: they
 * vouch for nothing here.
 */
export function parsePullRequestsOf(
  commit: Fields,
  { id }: Pick<RepositoryRef, "id">,
): readonly PullRequest[] {
  const connection = fields(commit["associatedPullRequests"], "associatedPullRequests");
  return list(connection["nodes"], "nodes")
    .filter((node) => {
      const base = optionalFields(fields(node, "pullRequest")["baseRepository"], "baseRepository");
      return base !== null && optionalInteger(base, "databaseId") === id;
    })
    .map(parsePullRequest);
}

/** REST writes a bot's login with `[bot]`, GraphQL without; here it is REST's everywhere. */
function loginOf(author: Readonly<Record<string, unknown>>): string {
  const login = text(author, "login");
  return author["__typename"] === "Bot" && !login.endsWith("[bot]") ? `${login}[bot]` : login;
}

function parseState(state: string): PullRequest["state"] {
  if (state === "OPEN" || state === "CLOSED" || state === "MERGED") return STATES[state];
  throw unexpected("state");
}
