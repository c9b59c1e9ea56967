import type { Json, Repository } from "../model.ts";
import { fullName, type World } from "../world.ts";
import { renderAccount } from "./account.ts";
import { renderTime } from "./time.ts";

const TEMPLATES: Readonly<Record<string, string>> = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
};

export function repositoryUrl(world: World, repository: Repository): string {
  return `${world.apiUrl()}/repos/${fullName(repository)}`;
}

export function repositoryPage(world: World, repository: Repository): string {
  return `${world.webUrl}/${fullName(repository)}`;
}

/** The REST schema `minimal-repository`. */
export function renderMinimalRepository(world: World, repository: Repository): Json {
  const url = repositoryUrl(world, repository);
  return {
    id: repository.id,
    node_id: `R_${repository.id}`,
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: renderAccount(world, repository.owner),
    html_url: repositoryPage(world, repository),
    description: null,
    fork: repository.parent !== null,
    url,
    ...Object.fromEntries(Object.entries(TEMPLATES).map(([name, template]) => [name, `${url}${template}`])),
  };
}

/** The REST schema `repository`, as lists and webhooks have it. */
export function renderRepository(world: World, repository: Repository): Json {
  const page = repositoryPage(world, repository);
  const openIssues = [...repository.issues.values()].filter(({ state }) => state === "open").length;
  return {
    ...renderMinimalRepository(world, repository),
    created_at: renderTime(repository.createdAt),
    updated_at: renderTime(repository.updatedAt),
    pushed_at: renderTime(repository.pushedAt),
    git_url: page.replace(/^https?:/, "git:"),
    ssh_url: `git@${new URL(world.webUrl).hostname}:${fullName(repository)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    size: repository.git.graph.size(),
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: repository.hasIssues,
    has_projects: true,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: repository.archived,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? "private" : "public",
    forks: 0,
    open_issues: openIssues,
    watchers: 0,
    default_branch: repository.defaultBranch,
  };
}

/** The REST schema `full-repository`. */
export function renderFullRepository(world: World, repository: Repository): Json {
  return {
    ...renderRepository(world, repository),
    network_count: 0,
    subscribers_count: 0,
    allow_merge_commit: repository.mergeMethods.merge,
    allow_squash_merge: repository.mergeMethods.squash,
    allow_rebase_merge: repository.mergeMethods.rebase,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    ...(repository.parent === null
      ? {}
      : {
          parent: renderRepository(world, repository.parent),
          source: renderRepository(world, repository.parent),
        }),
  };
}
