import type { Reading } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import type { BranchHead, LiveDeployment, ReadsHeads, RepositoryRef } from "../../ports/repository.ts";
import { fields, type Fields, flag, list, optionalFields, optionalText, sha, text } from "./json.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

const DEPLOYMENTS_A_PAGE = 25;
const MAX_DEPLOYMENT_PAGES = 8;

/** Names are variables, never part of the query: they come from people. */
export function branchesQuery(count: number): string {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const variables = numbers.map((index) => `, $b${index}: String!`).join("");
  const refs = numbers.map((index) => `    b${index}: ref(qualifiedName: $b${index}) { ...head }`).join("\n");
  return `query Branches($owner: String!, $name: String!${variables}) {
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId
${refs}
  }
}
fragment head on Ref { target { oid ... on Commit { tree { oid } } } }`;
}

export const DEPLOYMENTS_QUERY = `query Deployments($owner: String!, $name: String!, $environment: String!, $after: String) {
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId
    deployments(environments: [$environment], first: ${DEPLOYMENTS_A_PAGE}, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes { commitOid creator { login } statuses(first: 100) { nodes { state createdAt } } }
    }
  }
}`;

export function createHeadReads(calls: RepositoryCalls): ReadsHeads {
  return {
    readBranches: async (repository, branches) => {
      if (branches.length === 0) return new Map();
      const answer = await calls.graphql(repository, {
        query: branchesQuery(branches.length),
        variables: Object.fromEntries(branches.map((name, index) => [`b${index}`, `refs/heads/${name}`])),
        doing: `reading the head of ${branches.join(", ")}`,
      });
      return new Map(
        branches.map((name, index) => [name, parseHead(answer.repository[`b${index}`], name)] as const),
      );
    },
    readLiveDeployment: (repository, environment) => readLive(calls, repository, environment),
  };
}

function parseHead(data: unknown, branch: string): Reading<BranchHead> {
  const ref = optionalFields(data, "ref");
  if (ref === null) return { state: "missing", detail: branch };
  const target = fields(ref["target"], "target");
  const tree = fields(target["tree"], "tree");
  return { state: "known", value: { sha: sha(target, "oid"), tree: sha(tree, "oid") } };
}

async function readLive(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  environment: string,
): Promise<Reading<LiveDeployment>> {
  let after: string | null = null;
  for (let page = 1; page <= MAX_DEPLOYMENT_PAGES; page += 1) {
    const answer = await calls.graphql(repository, {
      query: DEPLOYMENTS_QUERY,
      variables: { environment, after },
      doing: `reading the deployments to ${environment}`,
    });
    const deployments = fields(answer.repository["deployments"], "deployments");
    const nodes = list(deployments["nodes"], "nodes").map((node) => fields(node, "deployment"));
    for (const node of nodes) {
      const at = whenLive(node);
      if (at !== null)
        return { state: "known", value: { sha: sha(node, "commitOid"), by: creatorOf(node), at } };
    }
    const pageInfo = fields(deployments["pageInfo"], "pageInfo");
    if (!flag(pageInfo, "hasNextPage")) {
      return { state: "missing", detail: wording.githubNothingDeployed(environment) };
    }
    after = text(pageInfo, "endCursor");
  }
  return {
    state: "unknown",
    because: "truncated",
    detail: wording.githubTooManyDeployments(environment, MAX_DEPLOYMENT_PAGES * DEPLOYMENTS_A_PAGE),
    retryAt: null,
  };
}

/** Nobody, where GitHub names none: who it was is only told, what is live decides. */
function creatorOf(deployment: Fields): string | null {
  const creator = optionalFields(deployment["creator"], "creator");
  return creator === null ? null : optionalText(creator, "login");
}

/**
 * When the last word on a deployment, `inactive` left aside, was success; null: it was another. GitHub marks only some deployments
 * `inactive` when a newer one succeeds, never those to production: it says nothing of what is live.
 */
function whenLive(deployment: Fields): Date | null {
  const statuses = list(fields(deployment["statuses"], "statuses")["nodes"], "nodes")
    .map((node) => fields(node, "status"))
    .map((status) => ({ state: text(status, "state"), at: Date.parse(text(status, "createdAt")) }))
    .filter(({ state }) => state !== "INACTIVE");
  const newest = Math.max(...statuses.map(({ at }) => at));
  // Two words within the same second: a failure among them counts.
  const last = statuses.filter(({ at }) => at === newest);
  return last.length > 0 && last.every(({ state }) => state === "SUCCESS") ? new Date(newest) : null;
}
