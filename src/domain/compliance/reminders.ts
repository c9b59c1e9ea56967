import type { ComplianceCase } from "./case.ts";

type Reminded = Pick<ComplianceCase, "warnedAt" | "remindedAt" | "deadline" | "expiredAt" | "end">;

/**
 * The moments at which people are reminded before the deadline, soonest first. One that would come no later than the first
 * warning is none: people know already.
 */
export function reminderMoments(given: Reminded, remind: readonly number[]): readonly Date[] {
  const { warnedAt, deadline, expiredAt, end } = given;
  if (warnedAt === null || deadline === null || expiredAt !== null || end !== null) return [];
  return remind
    .map((before) => deadline.getTime() - before)
    .filter((moment) => moment > warnedAt.getTime() && moment < deadline.getTime())
    .toSorted((one, other) => one - other)
    .map((moment) => new Date(moment));
}

/** A reminder that is this little late, in hours, still says what it would have said in time. */
const IN_TIME = 1 / 4;
/** With less than this left, in hours, a reminder would be read after what it warns of. */
const TOO_LATE = 1 / 60;

/**
 * What is left until the deadline, in milliseconds, where a reminder is due that was not sent yet; null: none is. Several that
 * are late are one. After the deadline there is nothing to be reminded of.
 */
export function dueReminder(
  given: Reminded,
  remind: readonly number[],
  at: Date,
  hour: number,
): number | null {
  const { deadline, remindedAt } = given;
  if (deadline === null || deadline.getTime() - at.getTime() < TOO_LATE * hour) return null;
  const due = reminderMoments(given, remind).filter((moment) => moment.getTime() <= at.getTime());
  const newest = due.at(-1);
  if (newest === undefined) return null;
  if (remindedAt !== null && remindedAt.getTime() >= newest.getTime()) return null;
  const isInTime = at.getTime() - newest.getTime() <= IN_TIME * hour;
  return deadline.getTime() - (isInTime ? newest : at).getTime();
}
