import type { RecordedResult } from "./read-results.ts";
import type { World } from "./world.ts";
import { itemAt } from "./item-at.ts";

export type PlacedResult = RecordedResult & {
  /** The commit's place in the world. */
  readonly place: number;
};

export interface FoundPlaces {
  readonly placed: readonly PlacedResult[];
  /** Of commits that the trunk has before or after the window, or that ended after it. */
  readonly outside: number;
  /** Commits that the trunk does not have, as the file names them, and how many results each has. */
  readonly unknown: ReadonlyMap<string, number>;
}

/**
 * Finds the commits of recorded results. A beginning of a sha will do where only one commit of the trunk begins so.
 *
 * @param trunk every commit of the line of first parents
 */
export function findPlaces(
  results: readonly RecordedResult[],
  { places, until }: Pick<World, "places" | "until">,
  trunk: readonly string[],
): FoundPlaces {
  const ordered = trunk.toSorted();
  const placesOf = new Map<string, number>(places);
  const placed: PlacedResult[] = [];
  const unknown = new Map<string, number>();
  let outside = 0;
  for (const result of results) {
    const sha = findSha(result.sha, ordered);
    if (sha === null) {
      unknown.set(result.sha, (unknown.get(result.sha) ?? 0) + 1);
      continue;
    }
    const place = placesOf.get(sha);
    if (place === undefined || result.finishedAt > until.getTime()) outside += 1;
    else placed.push({ ...result, place });
  }
  return { placed, outside, unknown };
}

/** null: none begins so, or several do. */
function findSha(beginning: string, ordered: readonly string[]): string | null {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (itemAt(ordered, middle) < beginning) low = middle + 1;
    else high = middle;
  }
  const found = ordered[low];
  if (found === undefined || !found.startsWith(beginning)) return null;
  return ordered[low + 1]?.startsWith(beginning) === true ? null : found;
}
