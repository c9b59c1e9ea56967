/** The one clock. Everything that asks for the time is given this; nothing of ours calls `new Date()` or `now()`. */
export interface Clock {
  /** The present moment. Never goes backwards within one process. */
  readonly now: () => Date;
}

/**
 * A clock that starts at the moment given (the database's, so that replicas agree) and is carried on by
 * monotonic time: a step of this machine's wall clock neither fires a deadline early nor twice.
 */
export function startClock(at: Date, monotonicMilliseconds: () => number): Clock {
  const offset = at.getTime() - monotonicMilliseconds();
  return { now: () => new Date(offset + monotonicMilliseconds()) };
}
