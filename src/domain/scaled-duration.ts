const HOUR = 3_600_000;

/** What a person says in a command, in milliseconds, by the hour that deadlines are counted in (`policy.deferred.hour`). */
export function scaled(milliseconds: number, hour: number): number {
  return Math.round((milliseconds / HOUR) * hour);
}
