import { FOLDER_MODE, type TreeEntry, type Trees } from "./trees.ts";

export interface FileChange {
  readonly path: string;
  readonly before: TreeEntry | null;
  readonly after: TreeEntry | null;
  /** Where the same content stood before, when it only moved. */
  readonly previousPath: string | null;
}

/** Files that differ, by path; a file taken away here and added there with the same content was moved. */
export function diffTrees(trees: Trees, before: string | null, after: string): readonly FileChange[] {
  const changes: FileChange[] = [];
  walk(trees, before, after, "", changes);
  return pairMoves(changes).toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

function walk(
  trees: Trees,
  before: string | null,
  after: string | null,
  prefix: string,
  changes: FileChange[],
): void {
  if (before === after) return;
  const old = before === null ? new Map<string, TreeEntry>() : trees.read(before);
  const now = after === null ? new Map<string, TreeEntry>() : trees.read(after);
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const one = old.get(name) ?? null;
    const other = now.get(name) ?? null;
    if (one?.sha === other?.sha && one?.mode === other?.mode) continue;
    const path = `${prefix}${name}`;
    const folderBefore = one?.mode === FOLDER_MODE ? one.sha : null;
    const folderAfter = other?.mode === FOLDER_MODE ? other.sha : null;
    if (folderBefore !== null || folderAfter !== null) {
      walk(trees, folderBefore, folderAfter, `${path}/`, changes);
    }
    const fileBefore = folderBefore === null ? one : null;
    const fileAfter = folderAfter === null ? other : null;
    if (fileBefore !== null || fileAfter !== null) {
      changes.push({ path, before: fileBefore, after: fileAfter, previousPath: null });
    }
  }
}

function pairMoves(changes: readonly FileChange[]): readonly FileChange[] {
  const gone = new Map<string, FileChange>();
  for (const change of changes) {
    if (change.after === null && change.before !== null) gone.set(change.before.sha, change);
  }
  const paired = new Set<FileChange>();
  const moved = changes.map((change) => {
    const source = change.before === null && change.after !== null ? gone.get(change.after.sha) : undefined;
    if (source === undefined || paired.has(source)) return change;
    paired.add(source);
    return { ...change, before: source.before, previousPath: source.path };
  });
  return moved.filter((change) => !paired.has(change));
}
