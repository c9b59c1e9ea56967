import type { GitCommit, Signature } from "../git/commit.ts";
import { diffTrees } from "../git/diff-trees.ts";
import type { Account, Json, Repository } from "../model.ts";
import { renderRepository, repositoryPage } from "../render/repository.ts";
import { renderAccount } from "../render/account.ts";
import { renderSeconds } from "../render/time.ts";
import { accountByEmail, type World } from "../world.ts";

export const ZERO_SHA = "0".repeat(40);
/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
const MAX_COMMITS = 2_048;
const MAX_FILES = 3_000;

export interface RefMove {
  readonly ref: string;
  /** null: it was made. */
  readonly before: string | null;
  /** null: it was deleted. */
  readonly after: string | null;
}

/** The payload of `push`, without what every payload has. */
export function pushPayload(world: World, repository: Repository, pusher: Account, move: RefMove): Json {
  const { graph, refs } = repository.git;
  const { ref, before, after } = move;
  const others = [...refs].filter(([name]) => name !== ref).map(([, sha]) => sha);
  const without = new Set(before === null ? [] : graph.reachable(before));
  const known = before === null ? others : [];
  for (const sha of known) for (const reached of graph.reachable(sha)) without.add(reached);
  const elsewhere = new Set(others);
  const shas = after === null ? [] : [...graph.list([after], without)].toReversed();
  const commits = shas.slice(-MAX_COMMITS).flatMap((sha) => graph.get(sha) ?? []);
  const head = after === null ? null : graph.get(after);
  const page = repositoryPage(world, repository);
  const { created_at: _text, pushed_at: _time, ...rendered } = renderRepository(world, repository);
  const isForced = before !== null && after !== null && !graph.reachable(after).has(before);
  return {
    ref,
    before: before ?? ZERO_SHA,
    after: after ?? ZERO_SHA,
    repository: {
      ...rendered,
      // In this payload alone these two are seconds.
      created_at: seconds(repository.createdAt),
      pushed_at: seconds(repository.pushedAt),
      stargazers: 0,
      master_branch: repository.defaultBranch,
      owner: {
        ...renderAccount(world, repository.owner),
        name: repository.owner.login,
        email: repository.owner.email,
      },
    },
    pusher: { name: pusher.login, email: pusher.email },
    created: before === null,
    deleted: after === null,
    forced: isForced,
    base_ref: null,
    compare: `${page}/compare/${(before ?? ZERO_SHA).slice(0, 12)}...${(after ?? ZERO_SHA).slice(0, 12)}`,
    commits: commits.map((commit) => renderPushed(world, repository, commit, !elsewhere.has(commit.sha))),
    head_commit: head === null ? null : renderPushed(world, repository, head, true),
  };
}

function renderPushed(world: World, repository: Repository, commit: GitCommit, distinct: boolean): Json {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct,
    message: commit.message,
    timestamp: renderSeconds(commit.committer.at).replace("Z", "+00:00"),
    url: `${repositoryPage(world, repository)}/commit/${commit.sha}`,
    author: renderPerson(world, commit.author),
    committer: renderPerson(world, commit.committer),
    ...changedPaths(repository, commit),
  };
}

function changedPaths({ git }: Repository, commit: GitCommit): Json {
  const [parent] = commit.parents;
  const before = parent === undefined ? null : (git.graph.get(parent)?.tree ?? null);
  const changes = diffTrees(git.trees, before, commit.tree);
  const paths = (of: (typeof changes)[number][]): readonly string[] =>
    of.map(({ path }) => path).slice(0, MAX_FILES);
  const moved = changes.flatMap(({ previousPath }) => previousPath ?? []);
  return {
    added: paths(changes.filter((change) => change.before === null || change.previousPath !== null)),
    removed: [...paths(changes.filter((change) => change.after === null)), ...moved].slice(0, MAX_FILES),
    modified: paths(
      changes.filter(
        ({ before, after, previousPath }) => before !== null && after !== null && previousPath === null,
      ),
    ),
  };
}

function renderPerson(world: World, { name, email }: Signature): Json {
  const account = accountByEmail(world, email);
  return { name, email, ...(account === null ? {} : { username: account.login }) };
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1_000);
}
