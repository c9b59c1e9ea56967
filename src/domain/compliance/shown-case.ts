import type { ComplianceCase } from "./case.ts";
import { deadlineOf } from "./case-clock.ts";

/**
 * The case as it is shown. Its deadline is fixed by the first warning, which is the very issue that shows it: until that is
 * written it shows the deadline that it has when the issue is written at `toldAt`, so that it need not be written twice.
 */
export function shownCase(given: ComplianceCase, toldAt: Date, hour: number): ComplianceCase {
  return given.deadline === null && given.end === null
    ? { ...given, deadline: deadlineOf(given, toldAt, hour) }
    : given;
}
