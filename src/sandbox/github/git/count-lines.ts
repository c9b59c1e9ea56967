/** How many lines were added and taken away. */
export interface LineCount {
  readonly additions: number;
  readonly deletions: number;
}

/** Above this many steps the rest counts as replaced: a figure on a page, not worth a second of work. */
const MAX_STEPS = 2_000;

/** By the shortest edit script (E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986). */
export function countLines(before: Buffer | null, after: Buffer | null): LineCount {
  const old = linesOf(before);
  const now = linesOf(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  const longest = Math.min(old.length, now.length) - start;
  while (end < longest && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  const removed = old.slice(start, old.length - end);
  const added = now.slice(start, now.length - end);
  const edits = shortestEdit(removed, added);
  const kept = (removed.length + added.length - edits) / 2;
  return { additions: added.length - kept, deletions: removed.length - kept };
}

export function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8_000).includes(0);
}

function linesOf(content: Buffer | null): readonly string[] {
  if (content === null || content.byteLength === 0 || isBinary(content)) return [];
  const lines = content.toString("utf8").split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function shortestEdit(old: readonly string[], now: readonly string[]): number {
  const most = old.length + now.length;
  const furthest = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= Math.min(most, MAX_STEPS); edits += 1) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const above = furthest.get(diagonal + 1) ?? -1;
      const left = furthest.get(diagonal - 1) ?? -1;
      let x = diagonal === -edits || (diagonal !== edits && left < above) ? above : left + 1;
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= old.length && x - diagonal >= now.length) return edits;
    }
  }
  return most;
}
