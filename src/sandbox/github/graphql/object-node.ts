import { isBinary } from "../git/count-lines.ts";
import { FOLDER_MODE, type TreeEntry } from "../git/trees.ts";
import { pullRequestsOf } from "../pull-requests-of.ts";
import type { Json, Repository } from "../model.ts";
import { repositoryPage } from "../render/repository.ts";
import { renderSeconds } from "../render/time.ts";
import { accountByEmail } from "../world.ts";
import type { GitCommit, Signature } from "../git/commit.ts";
import { accountNode } from "./account-node.ts";
import { connectionOf, type Page } from "./connection.ts";
import type { GraphqlContext } from "./context.ts";

/** GitHub gives no more of a text than this. */
const MAX_TEXT_BYTES = 512_000;

/** `Commit`, `Tree` or `Blob`; null for what is not in the repository. */
export function objectNode(context: GraphqlContext, repository: Repository, sha: string): Json | null {
  const { git } = repository;
  const commit = git.graph.get(sha);
  if (commit !== null) return commitNode(context, repository, commit);
  const object = git.objects.read(sha);
  if (object?.type === "blob") return blobNode(sha, object.content);
  if (object?.type !== "tree") return null;
  return {
    __typename: "Tree",
    oid: sha,
    entries: () =>
      [...git.trees.read(sha)].map(([name, entry]) => treeEntryNode(context, repository, name, name, entry)),
  };
}

function blobNode(sha: string, content: Buffer): Json {
  const binary = isBinary(content);
  const isTruncated = content.byteLength > MAX_TEXT_BYTES;
  return {
    __typename: "Blob",
    oid: sha,
    byteSize: content.byteLength,
    isBinary: binary,
    isTruncated,
    text: binary ? null : content.subarray(0, MAX_TEXT_BYTES).toString("utf8"),
  };
}

function commitNode(context: GraphqlContext, repository: Repository, commit: GitCommit): Json {
  return {
    __typename: "Commit",
    id: `C_${commit.sha}`,
    oid: commit.sha,
    abbreviatedOid: commit.sha.slice(0, 7),
    message: commit.message,
    messageHeadline: commit.message.split("\n")[0],
    committedDate: renderSeconds(commit.committer.at),
    authoredDate: renderSeconds(commit.author.at),
    url: `${repositoryPage(context.world, repository)}/commit/${commit.sha}`,
    author: () => actorNode(context, commit.author),
    committer: () => actorNode(context, commit.committer),
    tree: () => objectNode(context, repository, commit.tree),
    parents: (wanted: Page) =>
      connectionOf(commit.parents, wanted, (sha) => objectNode(context, repository, sha) ?? {}),
    history: (wanted: Page) =>
      connectionOf(
        [...repository.git.graph.list([commit.sha])],
        wanted,
        (sha) => objectNode(context, repository, sha) ?? {},
      ),
    ...context.nodes.results(context, repository, commit.sha),
    file: ({ path }: { readonly path: string }) => entryNode(context, repository, commit.sha, path),
    associatedPullRequests: (wanted: Page) =>
      connectionOf(pullRequestsOf(repository, commit.sha), wanted, (issue) =>
        context.nodes.pullRequest(context, issue),
      ),
  };
}

/** What stands at a path of a commit, links and submodules included; null where nothing does. */
function entryNode(context: GraphqlContext, repository: Repository, sha: string, path: string): Json | null {
  const commit = repository.git.graph.get(sha);
  const entry = commit === null ? null : repository.git.trees.find(commit.tree, path);
  return entry === null
    ? null
    : treeEntryNode(context, repository, path.split("/").at(-1) ?? "", path, entry);
}

function treeEntryNode(
  context: GraphqlContext,
  repository: Repository,
  name: string,
  path: string,
  { mode, sha }: TreeEntry,
): Json {
  return {
    __typename: "TreeEntry",
    name,
    path,
    oid: sha,
    // As a number: 0o100644 is 33188.
    mode: Number.parseInt(mode, 8),
    type: mode === FOLDER_MODE ? "tree" : mode === "160000" ? "commit" : "blob",
    object: () => (mode === "160000" ? null : objectNode(context, repository, sha)),
  };
}

function actorNode({ world }: GraphqlContext, signature: Signature): Json {
  const account = accountByEmail(world, signature.email);
  return {
    __typename: "GitActor",
    name: signature.name,
    email: signature.email,
    date: renderSeconds(signature.at),
    user: account === null ? null : accountNode(world, account),
  };
}
