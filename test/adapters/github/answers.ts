import type { CommitSha } from "../../../src/domain/model.ts";
import { exampleOf } from "../../../src/sandbox/validation/validate-rest.ts";
import { isJson, type Json, REPOSITORY, sha } from "./github-under-test.ts";

/** One of GitHub's own examples with some of its fields replaced. */
export function like(example: string, changes: Json = {}): Json {
  const value = exampleOf(example);
  if (!isJson(value)) throw new TypeError(`the example ${example} is no object`);
  return { ...value, ...changes };
}

/** The first item of an example that is a list, or of the list in its field. */
export function itemLike(example: string, field: string | null, changes: Json = {}): Json {
  const value = exampleOf(example);
  const list: unknown = field === null ? value : isJson(value) ? value[field] : null;
  const first: unknown = Array.isArray(list) ? list[0] : null;
  if (!isJson(first)) throw new TypeError(`the example ${example} has no first item`);
  return { ...first, ...changes };
}

export interface CommitWords {
  readonly sha: CommitSha;
  readonly parents?: readonly CommitSha[];
  readonly tree?: CommitSha;
  readonly message?: string;
  readonly login?: string | null;
}

export function commitAnswer(words: CommitWords): Json {
  const example = like("commit");
  const { commit, author } = example;
  if (!isJson(commit) || !isJson(author)) throw new TypeError("the example has changed");
  const login = words.login === undefined ? "octocat" : words.login;
  const url = "https://api.github.com/repos/acme/storefront/commits/x";
  return {
    ...example,
    sha: words.sha,
    commit: { ...commit, message: words.message ?? "Work", tree: { sha: words.tree ?? words.sha, url } },
    author: login === null ? null : { ...author, login },
    parents: (words.parents ?? []).map((parent) => ({ sha: parent, url, html_url: url })),
    stats: { additions: 1, deletions: 0, total: 1 },
    files: [],
  };
}

/** A straight line of commits, oldest first, `sha(start)` on top of `sha(start - 1)`. */
export function line(count: number, start = 1): readonly Json[] {
  return Array.from({ length: count }, (_, index) =>
    commitAnswer({
      sha: sha(start + index),
      parents: [sha(start + index - 1)],
      message: `Change ${start + index}`,
    }),
  );
}

export interface ComparisonWords {
  readonly status: "ahead" | "behind" | "diverged" | "identical";
  readonly ahead: number;
  readonly behind?: number;
  readonly total?: number;
  readonly commits: readonly Json[];
  readonly mergeBase?: Json;
}

export function comparison(words: ComparisonWords): Json {
  const base = words.mergeBase ?? commitAnswer({ sha: sha(0) });
  return like("commit-comparison", {
    status: words.status,
    ahead_by: words.ahead,
    behind_by: words.behind ?? 0,
    total_commits: words.total ?? words.ahead,
    base_commit: base,
    merge_base_commit: base,
    commits: words.commits,
    files: [],
  });
}

export function repositoryAnswer(owner: string, name: string, changes: Json = {}): Json {
  const {
    source: _source,
    parent: _parent,
    template_repository: _template,
    ...example
  } = like("full-repository-default-response");
  const { owner: account } = example;
  if (!isJson(account)) throw new TypeError("the example has changed");
  return {
    ...example,
    id: REPOSITORY.id,
    name,
    full_name: `${owner}/${name}`,
    owner: { ...account, login: owner },
    default_branch: "main",
    private: true,
    archived: false,
    language: null,
    ...changes,
  };
}

export function checkRunAnswer(changes: Json): Json {
  return itemLike("check-run-paginated", "check_runs", changes);
}

export function workflowRunAnswer(changes: Json): Json {
  const run = itemLike("workflow-run-paginated", "workflow_runs", {
    event: "push",
    run_attempt: 1,
    ...changes,
  });
  const { head_repository: head } = run;
  if (!isJson(head)) throw new TypeError("the example has changed");
  return "head_repository" in changes ? run : { ...run, head_repository: { ...head, id: REPOSITORY.id } };
}

export function statusAnswer(context: string, state: string, changes: Json = {}): Json {
  return itemLike("combined-commit-status", "statuses", { context, state, ...changes });
}

/** What GraphQL says of a pull request, by the adapter's fragment. */
export function pullRequestNode(number: number, changes: Json = {}): Json {
  return {
    number,
    title: `Pull request ${number}`,
    body: "",
    state: "MERGED",
    url: `https://github.com/acme/storefront/pull/${number}`,
    headRefName: `feature-${number}`,
    headRefOid: sha(number),
    baseRefName: "main",
    headRepository: { databaseId: REPOSITORY.id },
    baseRepository: { databaseId: REPOSITORY.id },
    author: { __typename: "User", login: "octocat" },
    ...changes,
  };
}

/** A GraphQL answer about the repository of the tests. */
export function aboutRepository(parts: Json, beside: Json = {}): Json {
  return { data: { repository: { databaseId: REPOSITORY.id, ...parts }, ...beside } };
}
