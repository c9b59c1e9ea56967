const HOUR = 3_600_000;

/**
 * A session ends a week after sign-in whatever happens, so that a stolen browser does not stay signed in for ever; and after a day
 * in which the person did nothing, so that a forgotten one does not even for a week. Within working days nobody signs in twice.
 * What a page asks for by itself, because something changed, is not something that the person did.
 */
const LONGEST = 7 * 24 * HOUR;
const IDLE = 24 * HOUR;

export function sessionEnd(beganAt: Date): Date {
  return new Date(beganAt.getTime() + LONGEST);
}

/** What a session must fulfil at that moment. */
export function liveAt(at: Date): { readonly at: Date; readonly seenSince: Date } {
  return { at, seenSince: new Date(at.getTime() - IDLE) };
}
