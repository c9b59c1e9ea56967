import { countLines, type LineCount } from "../git/count-lines.ts";
import type { FileChange } from "../git/diff-trees.ts";
import type { TreeEntry } from "../git/trees.ts";
import type { Json, Repository } from "../model.ts";
import type { World } from "../world.ts";
import { repositoryPage, repositoryUrl } from "./repository.ts";

/** The REST schema `diff-entry`. Patches are left out, as GitHub does with large ones. */
export function renderFile(world: World, repository: Repository, change: FileChange, ref: string): Json {
  const { additions, deletions } = countChanges(repository, change);
  const path = change.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: change.after?.sha ?? change.before?.sha ?? null,
    filename: change.path,
    status: statusOf(change),
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${repositoryPage(world, repository)}/blob/${ref}/${path}`,
    raw_url: `${repositoryPage(world, repository)}/raw/${ref}/${path}`,
    contents_url: `${repositoryUrl(world, repository)}/contents/${path}?ref=${ref}`,
    ...(change.previousPath === null ? {} : { previous_filename: change.previousPath }),
  };
}

export function countChanges(repository: Repository, { before, after }: FileChange): LineCount {
  return countLines(contentOf(repository, before), contentOf(repository, after));
}

function contentOf(repository: Repository, entry: TreeEntry | null): Buffer | null {
  // A submodule is a commit of elsewhere.
  if (entry === null || entry.mode === "160000") return null;
  return repository.git.objects.read(entry.sha)?.content ?? null;
}

function statusOf({ before, after, previousPath }: FileChange): string {
  if (previousPath !== null) return "renamed";
  if (before === null) return "added";
  return after === null ? "removed" : "modified";
}
