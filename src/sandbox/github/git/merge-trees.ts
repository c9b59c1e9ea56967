import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import type { ObjectStore } from "./object-store.ts";
import { FOLDER_MODE, type Tree, type TreeEntry, type Trees } from "./trees.ts";

export type Merged =
  | { readonly state: "merged"; readonly tree: string }
  | { readonly state: "conflict"; readonly paths: readonly string[] };

/** Three ways: what only one side changed is taken from it; a file that both changed is merged by its lines. */
export function mergeTrees(
  store: ObjectStore,
  trees: Trees,
  { base, ours, theirs }: { readonly base: string; readonly ours: string; readonly theirs: string },
): Merged {
  const conflicts: string[] = [];

  function merge(from: Tree, mine: Tree, yours: Tree, prefix: string): Tree {
    const merged = new Map<string, TreeEntry>();
    for (const name of new Set([...mine.keys(), ...yours.keys()])) {
      const entry = mergeEntry(from.get(name), mine.get(name), yours.get(name), `${prefix}${name}`);
      if (entry !== undefined) merged.set(name, entry);
    }
    return merged;
  }

  function mergeEntry(
    from: TreeEntry | undefined,
    mine: TreeEntry | undefined,
    yours: TreeEntry | undefined,
    path: string,
  ): TreeEntry | undefined {
    if (isSame(mine, yours) || isSame(from, yours)) return mine;
    if (isSame(from, mine)) return yours;
    if (mine?.mode === FOLDER_MODE && yours?.mode === FOLDER_MODE) {
      const before: Tree = from?.mode === FOLDER_MODE ? trees.read(from.sha) : new Map();
      const inner = merge(before, trees.read(mine.sha), trees.read(yours.sha), `${path}/`);
      return inner.size === 0 ? undefined : { mode: FOLDER_MODE, sha: trees.write(inner) };
    }
    const sha =
      from === undefined || mine === undefined || yours === undefined
        ? null
        : mergeLines(store, from.sha, mine.sha, yours.sha);
    if (sha === null || mine === undefined) {
      conflicts.push(path);
      return mine;
    }
    return { mode: mine.mode, sha };
  }

  const tree = merge(trees.read(base), trees.read(ours), trees.read(theirs), "");
  if (conflicts.length > 0) return { state: "conflict", paths: conflicts };
  return { state: "merged", tree: trees.write(tree) };
}

function isSame(one: TreeEntry | undefined, other: TreeEntry | undefined): boolean {
  return one?.sha === other?.sha && one?.mode === other?.mode;
}

/** By `git merge-file`; null: the same lines were changed, or one of them is no text. */
function mergeLines(store: ObjectStore, base: string, ours: string, theirs: string): string | null {
  const contents = [ours, base, theirs].map((sha) => store.read(sha));
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-merge-"));
  try {
    const files = contents.map((object, index) => {
      const file = join(folder, String(index));
      writeFileSync(file, object?.type === "blob" ? object.content : "");
      return file;
    });
    if (contents.some((object) => object?.type !== "blob")) return null;
    const done = spawnSync("git", ["merge-file", "-p", "--", ...files], { maxBuffer: 64 * 1_048_576 });
    return done.status === 0 ? store.write("blob", done.stdout) : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
