import { type ComplianceCase, dueAt } from "./case.ts";
import { deadlineOf } from "./case-clock.ts";

/** When the case is due; where nobody was warned yet, when it would be if they had been told at once. `hour` in milliseconds. */
export function expectedDeadline(
  given: Pick<ComplianceCase, "deadline" | "verifyUntil" | "openedAt" | "grace">,
  hour: number,
): Date {
  return dueAt(given) ?? deadlineOf(given, given.openedAt, hour);
}
