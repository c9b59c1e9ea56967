import { mkdirSync, readdirSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { encodeCommit, type GitCommit, parseCommit } from "./commit.ts";
import { type CommitGraph, createCommitGraph } from "./commit-graph.ts";
import { createObjectStore, type ObjectStore, parseBatch } from "./object-store.ts";
import { runGit } from "./run-git.ts";
import { createTrees, type Trees } from "./trees.ts";

/** A bare repository on disk with its commits and refs in memory beside it; both always say the same. */
export interface GitRepository {
  readonly directory: string;
  readonly objects: ObjectStore;
  readonly trees: Trees;
  readonly graph: CommitGraph;
  readonly writeCommit: (commit: Omit<GitCommit, "sha">) => GitCommit;
  /** Full names (`refs/heads/main`) and what they point at. */
  readonly refs: ReadonlyMap<string, string>;
  readonly setRef: (name: string, sha: string) => void;
  readonly deleteRef: (name: string) => void;
  readonly setHead: (branch: string) => void;
  /** Fetches from a repository on this machine; `main` or `their-ref:refs/heads/ours`. */
  readonly fetchFrom: (directory: string, specs: readonly string[]) => Promise<void>;
  /** Takes in what git itself has written: commits that are not in memory, and the refs named. */
  readonly takeIn: (refs: readonly string[]) => Promise<void>;
}

// Packs are read as they were made: none may be thrown away meanwhile.
const CONFIG = "[gc]\n\tauto = 0\n[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n";

/** A clone may be somebody else's: it is only read here. */
const UPLOAD_PACK = "--upload-pack=git -c safe.directory=* upload-pack";

/** `parent`: of a fork; forks share all their objects and commits, as GitHub's do. */
export function createGitRepository(
  directory: string,
  defaultBranch: string,
  parent: GitRepository | null,
): GitRepository {
  for (const folder of ["refs/heads", "refs/tags"]) mkdirSync(join(directory, folder), { recursive: true });
  const folder = join(directory, "objects");
  if (parent === null) {
    for (const name of ["info", "pack"]) mkdirSync(join(folder, name), { recursive: true });
  } else {
    symlinkSync(join(parent.directory, "objects"), folder);
  }
  writeFileSync(join(directory, "config"), CONFIG);
  const objects = parent?.objects ?? createObjectStore(folder);
  const graph = parent?.graph ?? createCommitGraph();
  const refs = new Map<string, string>();

  function setHead(branch: string): void {
    writeFileSync(join(directory, "HEAD"), `ref: refs/heads/${branch}\n`);
  }
  setHead(defaultBranch);

  function setRef(name: string, sha: string): void {
    const file = join(directory, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${sha}\n`);
    refs.set(name, sha);
  }

  async function takeIn(names: readonly string[]): Promise<void> {
    objects.refresh();
    const known = [...refs.values()].filter((sha) => graph.get(sha) !== null).map((sha) => `^${sha}\n`);
    const wanted = names.map((name) => `${name}\n`);
    const shas = await runGit(directory, ["rev-list", "--stdin"], [...wanted, ...known]);
    const batch = await runGit(directory, ["cat-file", "--batch"], [shas]);
    for (const { sha, content } of parseBatch(batch)) graph.add(parseCommit(sha, content));
    for (const name of names) {
      const sha = await runGit(directory, ["rev-parse", "--verify", `${name}^{commit}`]);
      refs.set(name, sha.toString("latin1").trim());
    }
  }

  return {
    directory,
    objects,
    trees: parent?.trees ?? createTrees(objects),
    graph,
    writeCommit: (commit) => {
      const sha = objects.write("commit", encodeCommit(commit));
      const written = { sha, ...commit };
      graph.add(written);
      return written;
    },
    refs,
    setRef,
    deleteRef: (name) => {
      rmSync(join(directory, name), { force: true });
      refs.delete(name);
      removeEmptyFolders(directory, dirname(name));
    },
    setHead,
    takeIn,
    fetchFrom: async (from, specs) => {
      const full = specs.map((spec) => (spec.includes(":") ? spec : `${spec}:${spec}`));
      const forced = full.map((spec) => `+${spec}`);
      await runGit(directory, ["fetch", "--quiet", "--no-tags", UPLOAD_PACK, from, ...forced]);
      await takeIn(full.map((spec) => spec.slice(spec.lastIndexOf(":") + 1)));
    },
  };
}

/** Without `feature/one`, a branch may be called `feature`. */
function removeEmptyFolders(directory: string, folder: string): void {
  if (folder.split("/").length <= 2 || readdirSync(join(directory, folder)).length > 0) return;
  rmdirSync(join(directory, folder));
  removeEmptyFolders(directory, dirname(folder));
}
