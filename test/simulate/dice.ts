import { createHash } from "node:crypto";
import { createRandom } from "../chaos/random.ts";

/** Chance, from a seed: the same seed, the same throws. */
export interface Dice {
  /** From 0 up to 1. */
  readonly throw: () => number;
  /** true with this probability. */
  readonly chance: (probability: number) => boolean;
  /** A whole number from `least` to `most`, both included. */
  readonly between: (least: number, most: number) => number;
  /** One of them; there must be one. */
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** One by its weight. */
  readonly weighted: <Item>(items: readonly (readonly [item: Item, weight: number])[]) => Item;
}

/** The same words, the same dice: what one part of a world throws does not change what another does. */
export function createDice(...words: readonly (string | number)[]): Dice {
  const random = createRandom(createHash("sha256").update(words.join("\u0000")).digest().readUInt32BE());
  function pick<Item>(items: readonly Item[]): Item {
    const [found] = items.slice(Math.floor(random() * items.length));
    if (found === undefined) throw new Error("there is nothing to pick from");
    return found;
  }
  return {
    throw: random,
    chance: (probability) => random() < probability,
    between: (least, most) => least + Math.floor(random() * (most - least + 1)),
    pick,
    weighted(items) {
      let left = random() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return pick(items.map(([item]) => item));
    },
  };
}
