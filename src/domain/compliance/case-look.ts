import { isInForce, type Override } from "../gate/override.ts";
import { isSameEnvironment } from "../gate/stop.ts";
import { type ComplianceCase, caseHolds, dueAt } from "./case.ts";

/** How a case stands for those who look at it, at a moment. */
export type CaseLook =
  | { readonly state: "ended"; readonly end: NonNullable<ComplianceCase["end"]> }
  /** It would halt deploys, but somebody has lifted that. */
  | { readonly state: "lifted"; readonly by: Override; readonly until: Date }
  | { readonly state: "expired"; readonly since: Date }
  /** Past its deadline, and GitHub has yet to confirm it (J12). */
  | { readonly state: "unverified"; readonly since: Date }
  | { readonly state: "running"; readonly deadline: Date; readonly waits: boolean }
  /** Nobody was warned, so that no clock runs. */
  | { readonly state: "untold" };

export function lookOfCase(given: ComplianceCase, overrides: readonly Override[], at: Date): CaseLook {
  const { end, verifyUntil, expiredAt } = given;
  if (end !== null) return { state: "ended", end };
  if (expiredAt !== null) {
    const lifters = overrides.filter((one) => lifts(one, given) && isInForce(one, at));
    const last = lifters.toSorted((one, other) => other.endsAt.getTime() - one.endsAt.getTime())[0];
    if (last !== undefined) return { state: "lifted", by: last, until: last.endsAt };
    return { state: "expired", since: expiredAt };
  }
  const due = dueAt(given);
  if (due === null) return { state: "untold" };
  return caseHolds(given, at) === "unverified"
    ? { state: "unverified", since: due }
    : { state: "running", deadline: due, waits: verifyUntil !== null };
}

/** One that is for a single environment lifts the case only where that is all that it holds. */
function lifts(
  { scope }: Override,
  { id, environments }: Pick<ComplianceCase, "id" | "environments">,
): boolean {
  if (scope.kind !== "cases" || !scope.caseIds.includes(id)) return false;
  const { environment } = scope;
  return environment === null || (environments?.every((one) => isSameEnvironment(one, environment)) ?? false);
}
