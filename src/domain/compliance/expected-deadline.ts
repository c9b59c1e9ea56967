import { type ComplianceCase, dueAt } from "./case.ts";

/** Nobody is halted sooner than this many hours after the first warning, unless the grace is shorter (J9). */
const WARNING_HOURS = 24;

/**
 * When the case is due, as far as it can be said: its deadline, and before the first warning went out the one that it will have
 * if the warning goes out now. `hour` in milliseconds.
 */
export function expectedDeadline(
  given: Pick<ComplianceCase, "deadline" | "verifyUntil" | "adopted" | "openedAt" | "firstRed" | "grace">,
  hour: number,
): Date {
  const due = dueAt(given);
  if (due !== null) return due;
  const opened = given.openedAt.getTime();
  if (given.adopted) return new Date(opened + given.grace);
  const warning = Math.min(given.grace, WARNING_HOURS * hour);
  return new Date(Math.max(given.firstRed.at.getTime() + given.grace, opened + warning));
}
