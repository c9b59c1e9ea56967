import type { TrackCommit } from "./shown-track.ts";

/** The newest commit that says something; null: none does. */
export function newestProof(newestFirst: readonly TrackCommit[]): TrackCommit | null {
  return newestFirst.find(({ result }) => result === "green" || result === "red") ?? null;
}

/** Since when it has been green without a red; `isWhole`: the red before it is shown, too. */
export function shownGreen(newestFirst: readonly TrackCommit[]): {
  readonly since: Date | null;
  readonly isWhole: boolean;
} {
  const red = newestFirst.findIndex(({ result }) => result === "red");
  const greens = (red < 0 ? newestFirst : newestFirst.slice(0, red)).filter(
    ({ result }) => result === "green",
  );
  const first = greens.at(-1)?.at ?? null;
  return { since: first === null ? null : new Date(first), isWhole: red >= 0 };
}
