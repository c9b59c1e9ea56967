import type { Policy } from "../domain/policy.ts";

/** One hour of deadlines, in milliseconds, everywhere but in the demo. */
export const HOUR = 3_600_000;

/**
 * The same policy where an hour of deadlines lasts `hour` milliseconds: grace, reminders, overrides and waiting are shortened
 * alike, so that three days can be watched in a minute.
 */
export function scalePolicy(policy: Policy, hour: number): Policy {
  function scale(milliseconds: number): number {
    return Math.round((milliseconds * hour) / HOUR);
  }
  const { deferred, override, gate } = policy;
  return {
    ...policy,
    deferred: {
      ...deferred,
      hour,
      grace: scale(deferred.grace),
      remind: deferred.remind.map(scale),
      checks: deferred.checks.map((check) => ({
        ...check,
        grace: scale(check.grace),
        verifyGrace: scale(check.verifyGrace),
      })),
    },
    override: { ...override, expires: scale(override.expires), max: scale(override.max) },
    gate: { maxWait: scale(gate.maxWait) },
  };
}
