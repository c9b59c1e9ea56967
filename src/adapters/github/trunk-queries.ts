/** Of one commit, in the first answer; what is more is asked for by `trunkRestQuery`. */
const SUITES_A_COMMIT = 25;
const PAGE = 100;

/**
 * The newest commits of a branch, with what every check said. All attempts are asked for: while a job runs again, the newest
 * alone would hide that it was red.
 */
export const TRUNK_QUERY = `query Trunk($owner: String!, $name: String!, $branch: String!, $count: Int!) {
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId
    ref(qualifiedName: $branch) { target { ...trunkHistory } }
  }
}
fragment trunkHistory on Commit {
  oid
  history(first: $count) { ...trunkPage }
}
${fragments()}`;

/** On from there, below the head that the first page was read at: a push in between changes nothing. */
export const TRUNK_PAGE_QUERY = `query TrunkPage($owner: String!, $name: String!, $head: GitObjectID!, $count: Int!, $after: String!) {
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId
    object(oid: $head) { ... on Commit { history(first: $count, after: $after) { ...trunkPage } } }
  }
}
${fragments()}`;

/** More suites of commits, and more check runs of suites: each by its id and where to go on. */
export function trunkRestQuery(count: number): string {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const variables = numbers.map((index) => `, $i${index}: ID!, $a${index}: String!`).join("");
  const nodes = numbers
    .map(
      (index) => `  n${index}: node(id: $i${index}) {
    ... on Commit { checkSuites(first: ${SUITES_A_COMMIT}, after: $a${index}) { ...suites } }
    ... on CheckSuite { checkRuns(first: ${PAGE}, after: $a${index}, filterBy: { checkType: ALL }) { ...runs } }
  }`,
    )
    .join("\n");
  return `query TrunkRest($owner: String!, $name: String!${variables}) {
  repository(owner: $owner, name: $name, followRenames: false) { databaseId }
${nodes}
}
${suiteFragments()}`;
}

function fragments(): string {
  return `fragment trunkPage on CommitHistoryConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    id oid messageHeadline committedDate
    parents(first: 1) { nodes { oid } }
    status { contexts { context state createdAt targetUrl } }
    checkSuites(first: ${SUITES_A_COMMIT}) { ...suites }
  }
}
${suiteFragments()}`;
}

/** A job that deploys has a deployment once it runs, and a pending request while a protection rule keeps it. */
function suiteFragments(): string {
  return `fragment suites on CheckSuiteConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    id status conclusion updatedAt
    app { databaseId slug }
    workflowRun { databaseId event url file { path } workflow { resourcePath } }
    checkRuns(first: ${PAGE}, filterBy: { checkType: ALL }) { ...runs }
  }
}
fragment runs on CheckRunConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    databaseId name status conclusion startedAt completedAt url
    deployment { environment }
    pendingDeploymentRequest { environment { name } }
  }
}`;
}
