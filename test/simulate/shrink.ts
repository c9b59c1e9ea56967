import type { Difference } from "./judgement.ts";
import type { Move } from "./plan.ts";

export interface Story {
  readonly moves: readonly Move[];
  readonly difference: Difference;
}

/** Lives a plan through; the first difference, or null. */
export type Tries = (moves: readonly Move[]) => Promise<Difference | null>;

/**
 * A shorter plan that ends in the same kind of difference: halves, quarters, eighths of it are left out as long as it stays wrong.
 * Each try is a whole life, so there is an end to them: what is found by then is what is told.
 */
export async function shrink(story: Story, tries: Tries, most: number): Promise<Story> {
  let best = upTo(story);
  let left = most;
  for (let parts = 2; left > 0 && best.moves.length > 1;) {
    const size = Math.ceil(best.moves.length / parts);
    let shorter: Story | null = null;
    for (let from = 0; from < best.moves.length && left > 0 && shorter === null; from += size) {
      const moves = [...best.moves.slice(0, from), ...best.moves.slice(from + size)];
      left -= 1;
      const difference = await tries(moves);
      if (difference !== null && difference.what === story.difference.what) shorter = { moves, difference };
    }
    if (shorter !== null) {
      best = upTo(shorter);
      parts = Math.max(2, parts - 1);
    } else if (size === 1) {
      break;
    } else {
      parts = Math.min(best.moves.length, parts * 2);
    }
  }
  return best;
}

/** What came after it has no part in it. */
function upTo({ moves, difference }: Story): Story {
  return { moves: moves.filter(({ at }) => at <= difference.at), difference };
}
