import { itemAt } from "./item-at.ts";
/** When each commit of a trunk landed, oldest first, and how many of the times that are written in them were not believed. */
export interface Landings {
  readonly times: readonly number[];
  readonly moved: number;
}

/**
 * Times in a history go back and forth: clocks are wrong, and a rebased commit keeps the time of the rebase. A commit cannot have
 * landed before the one below it. The longest sequence of times that never goes back is believed, so that as few as possible are
 * moved; every other commit counts as landed together with the one below it. What claims to be younger than `now` is not believed.
 *
 * @param written committer times in milliseconds, oldest commit first
 */
export function landingTimes(written: readonly number[], now: number): Landings {
  const believed = longestRise(written, now);
  let landed = firstBelieved(written, believed) ?? now;
  let moved = 0;
  const times = written.map((time, index) => {
    if (believed.has(index)) landed = time;
    else moved += 1;
    return landed;
  });
  return { times, moved };
}

/** Where the longest non-decreasing sequence stands; of several the one whose times are earliest. */
function longestRise(written: readonly number[], now: number): ReadonlySet<number> {
  /** For each length, where the sequence of that length with the smallest end ends. */
  const ends: number[] = [];
  const before: number[] = [];
  for (const [index, time] of written.entries()) {
    if (time > now) continue;
    const length = countUpTo(time, ends, written);
    before[index] = ends[length - 1] ?? -1;
    ends[length] = index;
  }
  const found = new Set<number>();
  for (let index = ends.at(-1) ?? -1; index >= 0; index = itemAt(before, index)) found.add(index);
  return found;
}

/** How many of the ends are no later than the time; they are in order. */
function countUpTo(time: number, ends: readonly number[], written: readonly number[]): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (itemAt(written, itemAt(ends, middle)) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstBelieved(written: readonly number[], believed: ReadonlySet<number>): number | undefined {
  return written.find((_time, index) => believed.has(index));
}
