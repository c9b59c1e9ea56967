import { expect, test } from "vitest";
import { COMMITS_EXIST_QUERY } from "../../../src/adapters/github/change-sets.ts";
import { CODE_OWNERS_QUERY } from "../../../src/adapters/github/code-owners.ts";
import { commitOriginsQuery } from "../../../src/adapters/github/commit-origins.ts";
import { commitPullRequestsQuery } from "../../../src/adapters/github/commit-pull-requests.ts";
import { GOVERNED_RUNS_QUERY } from "../../../src/adapters/github/governed-runs.ts";
import { branchesQuery, DEPLOYMENTS_QUERY } from "../../../src/adapters/github/heads.ts";
import { OUTLINE_QUERY } from "../../../src/adapters/github/outline.ts";
import { OPEN_PULL_REQUESTS_QUERY, PULL_REQUEST_QUERY } from "../../../src/adapters/github/pull-requests.ts";
import { TRUNK_PAGE_QUERY, TRUNK_QUERY, trunkRestQuery } from "../../../src/adapters/github/trunk-queries.ts";
import { workflowFilesQuery } from "../../../src/adapters/github/workflow-files.ts";
import { validateGraphql } from "../../../src/sandbox/validation/validate-graphql.ts";

test.each([
  ["outline", OUTLINE_QUERY],
  ["branches", branchesQuery(3)],
  ["deployments", DEPLOYMENTS_QUERY],
  ["commits exist", COMMITS_EXIST_QUERY],
  ["pull requests of commits", commitPullRequestsQuery(100)],
  ["where commits came from", commitOriginsQuery(100)],
  ["code owners", CODE_OWNERS_QUERY],
  ["pull request", PULL_REQUEST_QUERY],
  ["open pull requests", OPEN_PULL_REQUESTS_QUERY],
  ["workflow files", workflowFilesQuery(2)],
  ["governed runs", GOVERNED_RUNS_QUERY],
  ["trunk", TRUNK_QUERY],
  ["trunk, later pages", TRUNK_PAGE_QUERY],
  ["trunk, what did not fit", trunkRestQuery(3)],
])("the query for %s is valid under GitHub's schema", (_name, query) => {
  expect(validateGraphql(query)).toEqual([]);
});
