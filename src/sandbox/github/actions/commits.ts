import { z } from "zod";
import type { GitCommit, Signature } from "../git/commit.ts";
import type { TreeChanges, TreeEntry } from "../git/trees.ts";
import type { Repository } from "../model.ts";
import { actorOf, ensureUser, expectRepository, type World } from "../world.ts";
import { action } from "./action.ts";
import { moveRef } from "./move-ref.ts";

/** Text, or something less common; null takes the file away. */
const fileContent = z.union([
  z.string(),
  z.null(),
  z.strictObject({ base64: z.string() }),
  z.strictObject({ executable: z.string() }),
  z.strictObject({ symlink: z.string() }),
  z.strictObject({ submodule: z.string() }),
]);
export const files = z.record(z.string(), fileContent);
type Files = z.infer<typeof files>;

/** A login, or somebody who has no account here. */
export const author = z.union([z.string(), z.strictObject({ name: z.string(), email: z.string() })]);

const newCommit = z.strictObject({
  message: z.string(),
  author: author.optional(),
  committer: author.optional(),
  files: files.optional(),
  /** ISO 8601; now, where left out. */
  date: z.iso.datetime().optional(),
  /** Further parents: a merge made by hand. */
  mergeOf: z.array(z.string()).optional(),
});

const branchOf = { repository: z.string(), branch: z.string() };
export const DEFAULT_AUTHOR = "octocat";

/** One commit on a branch, pushed. A branch that is not there begins at `from`, or else at the default branch. */
export const commit = action(
  newCommit.extend({ ...branchOf, from: z.string().optional(), pusher: z.string().optional() }),
  (world, { repository: name, branch, from, pusher, ...wanted }) => {
    const [sha = ""] = pushCommits(world, { name, branch, from, pusher, commits: [wanted] });
    return { sha };
  },
);

/** Several commits in one push. */
export const push = action(
  z.strictObject({
    ...branchOf,
    commits: z.array(newCommit).min(1),
    from: z.string().optional(),
    pusher: z.string().optional(),
  }),
  (world, { repository: name, ...wanted }) => ({ shas: pushCommits(world, { name, ...wanted }) }),
);

interface Push {
  readonly name: string;
  readonly branch: string;
  readonly from?: string | undefined;
  readonly pusher?: string | undefined;
  readonly commits: readonly z.infer<typeof newCommit>[];
}

function pushCommits(world: World, wanted: Push): readonly string[] {
  const repository = expectRepository(world, wanted.name);
  const ref = `refs/heads/${wanted.branch}`;
  const { refs } = repository.git;
  const start = wanted.from ?? refs.get(ref) ?? refs.get(`refs/heads/${repository.defaultBranch}`);
  let parent = start === undefined ? null : resolveRef(repository, start);
  const shas: string[] = [];
  for (const one of wanted.commits) {
    parent = addCommit(world, repository, parent, one).sha;
    shas.push(parent);
  }
  const [first] = wanted.commits;
  const named = typeof first?.author === "string" ? first.author : DEFAULT_AUTHOR;
  moveRef(world, repository, actorOf(world, wanted.pusher ?? named), ref, parent);
  return shas;
}

function addCommit(
  world: World,
  repository: Repository,
  parent: string | null,
  wanted: z.infer<typeof newCommit>,
): GitCommit {
  const { git } = repository;
  const before = parent === null ? git.trees.empty() : (git.graph.get(parent)?.tree ?? git.trees.empty());
  const at = wanted.date === undefined ? seconds(world) : Math.floor(Date.parse(wanted.date) / 1_000);
  const by = signatureOf(world, wanted.author ?? DEFAULT_AUTHOR, at);
  return git.writeCommit({
    tree: git.trees.change(before, changesOf(repository, wanted.files ?? {})),
    parents: [
      ...(parent === null ? [] : [parent]),
      ...(wanted.mergeOf ?? []).map((ref) => resolveRef(repository, ref)),
    ],
    author: by,
    committer: wanted.committer === undefined ? by : signatureOf(world, wanted.committer, at),
    message: wanted.message,
  });
}

export function changesOf({ git }: Repository, wanted: Files): TreeChanges {
  const blob = (mode: string, content: Buffer | string): TreeEntry => ({
    mode,
    sha: git.objects.write("blob", Buffer.from(content)),
  });
  const entryOf = (content: Files[string] | undefined): TreeEntry | null => {
    if (content === null || content === undefined) return null;
    if (typeof content === "string") return blob("100644", content);
    if ("base64" in content) return blob("100644", Buffer.from(content.base64, "base64"));
    if ("executable" in content) return blob("100755", content.executable);
    if ("symlink" in content) return blob("120000", content.symlink);
    return { mode: "160000", sha: content.submodule };
  };
  return new Map(Object.entries(wanted).map(([path, content]) => [path, entryOf(content)] as const));
}

export function signatureOf(world: World, who: z.infer<typeof author>, at = seconds(world)): Signature {
  const { name, email } = typeof who === "string" ? ensureUser(world, who) : who;
  return { name, email, at };
}

function seconds(world: World): number {
  return Math.floor(world.now().getTime() / 1_000);
}

/** A sha, shortened or not, a branch, a tag, or a full ref name; throws where there is none. */
export function resolveRef(repository: Repository, ref: string): string {
  const sha = findCommit(repository, ref);
  if (sha === null) throw new Error(`${repository.owner.login}/${repository.name} has no ${ref}`);
  return sha;
}

export function findCommit({ git }: Repository, ref: string): string | null {
  if (git.graph.get(ref) !== null) return ref;
  const named = ["", "refs/heads/", "refs/tags/", "refs/"].map((prefix) => git.refs.get(`${prefix}${ref}`));
  const found = named.find((sha) => sha !== undefined);
  if (found !== undefined) return found;
  if (!/^[0-9a-f]{4,39}$/.test(ref)) return null;
  const [only, ...others] = git.graph.beginningWith(ref);
  return others.length > 0 ? null : (only ?? null);
}
