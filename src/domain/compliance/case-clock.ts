import type { ComplianceCase } from "./case.ts";

/** Nobody is halted sooner than this many hours after the first warning, unless the grace is shorter (J9). */
const WARNING_HOURS = 24;

/**
 * The deadline of a case whose first warning went out at `warnedAt`: the later of the clock's beginning + grace and the warning +
 * the smaller of grace and 24 h. Elapsed time: neither calendars nor daylight-saving time take part. `hour` in milliseconds.
 */
export function deadlineOf(
  { openedAt, grace }: Pick<ComplianceCase, "openedAt" | "grace">,
  warnedAt: Date,
  hour: number,
): Date {
  const afterRed = openedAt.getTime() + grace;
  const afterWarning = warnedAt.getTime() + Math.min(grace, WARNING_HOURS * hour);
  return new Date(Math.max(afterRed, afterWarning));
}

/** The full grace from the moment of adoption; never sooner than the case was due before. */
export function adoptCase(given: ComplianceCase, at: Date): ComplianceCase {
  const full = at.getTime() + given.grace;
  return {
    ...given,
    adopted: true,
    openedAt: at,
    deadline: given.deadline === null ? null : new Date(Math.max(given.deadline.getTime(), full)),
    verifyUntil: null,
    unverifiedSince: null,
    expiredAt: null,
  };
}
