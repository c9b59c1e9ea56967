import type { ObjectStore } from "./object-store.ts";

export interface TreeEntry {
  /** Octal text as git writes it: `100644`, `100755`, `120000`, `160000`, `40000`. */
  readonly mode: string;
  readonly sha: string;
}

export type Tree = ReadonlyMap<string, TreeEntry>;

/** What a commit does to a path: an entry, or null to take it away. */
export type TreeChanges = ReadonlyMap<string, TreeEntry | null>;

export interface Trees {
  readonly read: (sha: string) => Tree;
  readonly write: (tree: Tree) => string;
  /** The tree with the changes made; folders come and go with their files. */
  readonly change: (root: string, changes: TreeChanges) => string;
  readonly find: (root: string, path: string) => TreeEntry | null;
  readonly empty: () => string;
}

export const FOLDER_MODE = "40000";
const REMEMBERED_TREES = 50_000;
const EMPTY: Tree = new Map();

export function createTrees(store: ObjectStore): Trees {
  const known = new Map<string, Tree>();

  function remember(sha: string, tree: Tree): void {
    if (known.size >= REMEMBERED_TREES) known.clear();
    known.set(sha, tree);
  }

  function read(sha: string): Tree {
    const found = known.get(sha);
    if (found !== undefined) return found;
    const object = store.read(sha);
    if (object?.type !== "tree") throw new Error(`there is no tree ${sha}`);
    const tree = parseTree(object.content);
    remember(sha, tree);
    return tree;
  }

  function write(tree: Tree): string {
    const sha = store.write("tree", encodeTree(tree));
    remember(sha, tree);
    return sha;
  }

  function change(root: string, changes: TreeChanges): string {
    return write(changed(read(root), changes));
  }

  function changed(tree: Tree, changes: TreeChanges): Tree {
    const next = new Map(tree);
    const below = new Map<string, Map<string, TreeEntry | null>>();
    for (const [path, entry] of changes) {
      const slash = path.indexOf("/");
      if (slash === -1) {
        if (entry === null) next.delete(path);
        else next.set(path, entry);
        continue;
      }
      const folder = path.slice(0, slash);
      const inner = below.get(folder) ?? new Map<string, TreeEntry | null>();
      below.set(folder, inner.set(path.slice(slash + 1), entry));
    }
    for (const [folder, inner] of below) {
      const before = next.get(folder);
      const subtree = changed(before?.mode === FOLDER_MODE ? read(before.sha) : EMPTY, inner);
      if (subtree.size === 0) next.delete(folder);
      else next.set(folder, { mode: FOLDER_MODE, sha: write(subtree) });
    }
    return next;
  }

  function find(root: string, path: string): TreeEntry | null {
    let entry: TreeEntry = { mode: FOLDER_MODE, sha: root };
    for (const part of path.split("/").filter((name) => name !== "")) {
      const next = entry.mode === FOLDER_MODE ? read(entry.sha).get(part) : undefined;
      if (next === undefined) return null;
      entry = next;
    }
    return entry;
  }

  return { read, write, change, find, empty: () => write(EMPTY) };
}

/** Git sorts folders as if their names ended in a slash. */
function encodeTree(tree: Tree): Buffer {
  const sorted = [...tree]
    .map(([name, entry]) => ({
      name,
      entry,
      key: Buffer.from(entry.mode === FOLDER_MODE ? `${name}/` : name),
    }))
    .sort((one, other) => Buffer.compare(one.key, other.key));
  return Buffer.concat(
    sorted.flatMap(({ name, entry }) => [
      Buffer.from(`${entry.mode} ${name}\0`),
      Buffer.from(entry.sha, "hex"),
    ]),
  );
}

function parseTree(content: Buffer): Tree {
  const tree = new Map<string, TreeEntry>();
  for (let offset = 0; offset < content.byteLength;) {
    const space = content.indexOf(32, offset);
    const end = content.indexOf(0, space);
    const mode = content.subarray(offset, space).toString("latin1");
    const name = content.subarray(space + 1, end).toString("utf8");
    tree.set(name, { mode, sha: content.subarray(end + 1, end + 21).toString("hex") });
    offset = end + 21;
  }
  return tree;
}
