/** The known name that was probably meant: the same but for case, `-` and `_`, or a slip or two away. */
export function findSimilar(given: string, known: readonly string[]): string | null {
  if (given.length > 60) return null;
  const plain = simplify(given);
  const same = known.find((name) => simplify(name) === plain);
  if (same !== undefined) return same;
  const allowed = Math.min(2, Math.floor(plain.length / 3));
  const ranked = known
    .map((name) => ({ name, distance: countSlips(plain, simplify(name)) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.name ?? null;
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, "");
}

/** Letters to add, drop, change or swap with their neighbour. */
function countSlips(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > 2) return 3;
  let older: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
          ? (older[j - 2] ?? 0) + 1
          : Infinity;
      next.push(Math.min(changed, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    older = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
