import type { Figures } from "./figures.ts";
import { itemAt } from "./item-at.ts";

/** One draw is an anecdote: what lies in the middle of several, and the lowest and the highest. */
export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Of an even number of values the lower one of the middle: a median that did occur. */
export function spreadOf(values: readonly number[]): Spread {
  const ordered = values.toSorted((one, other) => one - other);
  return {
    median: ordered[Math.floor((ordered.length - 1) / 2)] ?? 0,
    lowest: ordered[0] ?? 0,
    highest: ordered.at(-1) ?? 0,
  };
}

export function spreadOfFigure(draws: readonly Figures[], name: keyof Figures): Spread {
  return spreadOf(draws.map((figures) => figures[name]));
}

/** How much more, draw by draw: both saw the same year. */
export function spreadOfDifference(
  draws: readonly Figures[],
  others: readonly Figures[],
  name: keyof Figures,
): Spread {
  return spreadOf(draws.map((figures, index) => figures[name] - itemAt(others, index)[name]));
}
