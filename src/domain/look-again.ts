import type { Reading } from "./model.ts";
import type { Snapshot } from "./snapshot.ts";

/** What could not be read is read again after this long at the earliest. */
const PAUSE = 60_000;

/** When to read again what could not be read: not before the other side said, and not at once. */
export function momentToRetry(retryAt: Date | null, at: Date): Date {
  return new Date(Math.max(retryAt?.getTime() ?? 0, at.getTime() + PAUSE));
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
