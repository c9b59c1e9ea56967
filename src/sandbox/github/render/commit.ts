import type { GitCommit, Signature } from "../git/commit.ts";
import type { Account, Json, Repository } from "../model.ts";
import { accountByEmail, type World } from "../world.ts";
import { renderAccount } from "./account.ts";
import { repositoryPage, repositoryUrl } from "./repository.ts";
import { renderSeconds } from "./time.ts";

const UNSIGNED = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

/** The REST schema `commit`: in comparisons, lists and pull requests. Files and figures come with `renderFiles`. */
export function renderCommit(world: World, repository: Repository, commit: GitCommit): Json {
  const url = `${repositoryUrl(world, repository)}/commits/${commit.sha}`;
  const page = `${repositoryPage(world, repository)}/commit/`;
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    commit: {
      author: renderSignature(commit.author),
      committer: renderSignature(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${repositoryUrl(world, repository)}/git/trees/${commit.tree}` },
      url: `${repositoryUrl(world, repository)}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: UNSIGNED,
    },
    url,
    html_url: `${page}${commit.sha}`,
    comments_url: `${url}/comments`,
    author: renderBearer(world, commit.author),
    committer: renderBearer(world, commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${repositoryUrl(world, repository)}/commits/${sha}`,
      html_url: `${page}${sha}`,
    })),
  };
}

/** The REST schema `git-commit`. */
export function renderGitCommit(world: World, repository: Repository, commit: GitCommit): Json {
  const url = `${repositoryUrl(world, repository)}/git/commits`;
  const page = `${repositoryPage(world, repository)}/commit`;
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    url: `${url}/${commit.sha}`,
    html_url: `${page}/${commit.sha}`,
    author: renderSignature(commit.author),
    committer: renderSignature(commit.committer),
    tree: { sha: commit.tree, url: `${repositoryUrl(world, repository)}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/${sha}`, html_url: `${page}/${sha}` })),
    verification: UNSIGNED,
  };
}

/** The REST schema `simple-commit`: in suites, workflow runs and merge groups. */
export function renderSimpleCommit(commit: GitCommit): Json {
  const person = ({ name, email }: Signature): Json => ({ name, email });
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: renderSeconds(commit.committer.at),
    author: person(commit.author),
    committer: person(commit.committer),
  };
}

function renderSignature({ name, email, at }: Signature): Json {
  return { name, email, date: renderSeconds(at) };
}

/** The account whose address it is; null for an address that nobody has. */
function renderBearer(world: World, { email }: Signature): Json | null {
  const account: Account | null = accountByEmail(world, email);
  return account === null ? null : renderAccount(world, account);
}
