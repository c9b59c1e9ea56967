import type { GitCommit, Signature } from "./git/commit.ts";
import { mergeTrees } from "./git/merge-trees.ts";
import type { Account, Repository } from "./model.ts";
import type { PullRequestIssue } from "./render/pull-request.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

export type MergeMethod = "merge" | "squash" | "rebase";

export interface MergeWish {
  readonly method: MergeMethod;
  readonly title: string | null;
  readonly message: string | null;
}

/** The commits that a merge puts on the base, oldest first. */
export interface MergedCommits {
  readonly shas: readonly string[];
  /** What the pull request had itself. */
  readonly own: readonly string[];
}

/** GitHub commits in its own name. */
const GITHUB = { name: "GitHub", email: "noreply@github.com" };

/**
 * Makes the commits of a merge on top of `onto`, whose history stays as it is. Throws a 405 where the two do not go together.
 * https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/about-merge-methods-on-github
 */
export function makeMerge(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  by: Account,
  onto: string,
  wish: MergeWish,
): MergedCommits {
  const { graph } = repository.git;
  const head = expectCommit(repository, issue.pullRequest.headSha);
  const base = expectCommit(repository, onto);
  const { ahead, mergeBase } = graph.compare(base.sha, head.sha);
  if (mergeBase === null || ahead.length === 0) throw conflict();
  const own = ahead;
  const at = Math.floor(world.now().getTime() / 1_000);
  const person: Signature = { name: by.name, email: by.email, at };
  const github: Signature = { ...GITHUB, at };

  if (wish.method === "rebase") return { shas: replay(repository, base, own, person), own };
  const tree = merged(repository, expectCommit(repository, mergeBase).tree, base.tree, head.tree);
  if (wish.method === "squash") {
    const author = authorOfAll(repository, own, person);
    const message = joined(
      wish.title ?? `${issue.title} (#${issue.number})`,
      wish.message ?? squashBody(repository, own),
    );
    return {
      shas: [
        repository.git.writeCommit({ tree, parents: [base.sha], author, committer: github, message }).sha,
      ],
      own,
    };
  }
  const { headRepository, headBranch } = issue.pullRequest;
  const title =
    wish.title ?? `Merge pull request #${issue.number} from ${headRepository.owner.login}/${headBranch}`;
  const message = joined(title, wish.message ?? issue.title);
  const parents = [base.sha, head.sha];
  const { sha } = repository.git.writeCommit({ tree, parents, author: person, committer: github, message });
  return { shas: [...own, sha], own };
}

/** Each commit again on top of the one before; merges among them are left out. */
function replay(
  repository: Repository,
  base: GitCommit,
  own: readonly string[],
  committer: Signature,
): readonly string[] {
  const shas: string[] = [];
  let onto = base;
  for (const sha of own) {
    const commit = expectCommit(repository, sha);
    const [parent, ...others] = commit.parents;
    if (others.length > 0) continue;
    const before =
      parent === undefined ? repository.git.trees.empty() : expectCommit(repository, parent).tree;
    const tree = merged(repository, before, onto.tree, commit.tree);
    const { author, message } = commit;
    onto = repository.git.writeCommit({ tree, parents: [onto.sha], author, committer, message });
    shas.push(onto.sha);
  }
  return shas;
}

/** The pull request's commits have one author: it is the squash's, too. */
function authorOfAll(repository: Repository, own: readonly string[], otherwise: Signature): Signature {
  const authors = own.map((sha) => expectCommit(repository, sha).author);
  const [first] = authors;
  const isOne = first !== undefined && authors.every(({ email }) => email === first.email);
  return isOne ? { ...first, at: otherwise.at } : otherwise;
}

/** One commit: its body. Several: their messages as a list. */
function squashBody(repository: Repository, own: readonly string[]): string {
  const messages = own.map((sha) => expectCommit(repository, sha).message.trim());
  const [only] = messages;
  if (messages.length === 1) return only?.split("\n").slice(1).join("\n").trim() ?? "";
  return messages.map((message) => `* ${message}`).join("\n\n");
}

function joined(title: string, body: string): string {
  return body === "" ? title : `${title}\n\n${body}`;
}

function merged({ git }: Repository, base: string, ours: string, theirs: string): string {
  const outcome = mergeTrees(git.objects, git.trees, { base, ours, theirs });
  if (outcome.state === "conflict") throw conflict();
  return outcome.tree;
}

function expectCommit({ git }: Repository, sha: string): GitCommit {
  const commit = git.graph.get(sha);
  if (commit === null) throw new Error(`there is no commit ${sha}`);
  return commit;
}

function conflict(): Refusal {
  return new Refusal(405, "Pull Request is not mergeable");
}
