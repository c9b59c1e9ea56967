const UNITS: ReadonlyMap<string, number> = new Map([
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** Eight digits of days are still a safe number of milliseconds, nine are not. */
export const DURATION_PATTERN = /^(0|[1-9][0-9]{0,7})([smhd])$/;

/**
 * Milliseconds of `90s`, `30m`, `72h` or `14d`; null for anything else. The one reading of durations, of
 * settings, policies and commands; how short or long one may be is said where it is used.
 */
export function parseDuration(text: string): number | null {
  const [, count, unit = ""] = DURATION_PATTERN.exec(text) ?? [];
  const milliseconds = UNITS.get(unit);
  return count === undefined || milliseconds === undefined ? null : Number(count) * milliseconds;
}
