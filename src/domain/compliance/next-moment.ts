import { type ComplianceCase, dueAt } from "./case.ts";
import { reminderMoments } from "./reminders.ts";

/**
 * When the cases have to be looked at next because of the time alone: a reminder, a deadline, the end of a verification.
 * null: nothing will be due, the moment itself: something is. What is due already and could not be verified is looked at again for that reason, not for this.
 */
export function nextMoment(
  cases: readonly ComplianceCase[],
  remind: readonly number[],
  at: Date,
): Date | null {
  // Warned of after the look had read it: its deadline is still to be set.
  if (cases.some(({ warnedAt, deadline, end }) => end === null && warnedAt !== null && deadline === null))
    return at;
  const moments = cases
    .flatMap((one) => momentsOf(one, remind))
    .map((moment) => moment.getTime())
    .filter((moment) => moment > at.getTime());
  return moments.length === 0 ? null : new Date(Math.min(...moments));
}

function momentsOf(given: ComplianceCase, remind: readonly number[]): readonly Date[] {
  if (given.end !== null || given.expiredAt !== null) return [];
  const due = dueAt(given);
  return [...(due === null ? [] : [due]), ...reminderMoments(given, remind)];
}
