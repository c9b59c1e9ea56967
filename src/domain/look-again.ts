import type { Reading } from "./model.ts";
import type { Snapshot } from "./snapshot.ts";

/** What could not be read is read again after this long at the earliest. */
const PAUSE = 60_000;

/** When to read again what could not be read: not before the other side said, and not at once. */
export function momentToRetry(retryAt: Date | null, at: Date): Date {
  return new Date(Math.max(retryAt?.getTime() ?? 0, at.getTime() + PAUSE));
}

/** It doubles with every look that still could not read, up to this. */
const LONGEST_PAUSE = 15 * PAUSE;

/**
 * The same moment, later by how many looks in a row came back without the facts: what is away for hours is not asked every
 * minute. `pauses` counts those that were made by themselves, so that a burst of events does not make the pause long.
 */
export function growPause(lookAgainAt: Date, at: Date, pauses: number): Date {
  const pause = Math.min(PAUSE * 2 ** Math.min(pauses, 10), LONGEST_PAUSE);
  return new Date(Math.max(lookAgainAt.getTime(), at.getTime() + pause));
}

/** When the subject is to be looked at by itself, because a fact is unknown; null where all is known. */
export function whenToLookAgain(snapshot: Snapshot, at: Date): Date | null {
  const moments = readingsOf(snapshot).flatMap((reading) =>
    reading.state === "unknown" ? [momentToRetry(reading.retryAt, at).getTime()] : [],
  );
  return moments.length === 0 ? null : new Date(Math.min(...moments));
}

function readingsOf(snapshot: Snapshot): readonly Reading<unknown>[] {
  const tickets = snapshot.tickets.state === "on" ? [...snapshot.tickets.answers.values()] : [];
  const shared = [snapshot.changeSet, snapshot.projects, ...tickets];
  if (snapshot.kind === "pull-request") return shared;
  return [...shared, snapshot.base, snapshot.checks, snapshot.openPullRequests, snapshot.outside];
}
