import { isInForce, type Override } from "../gate/override.ts";
import { type ComplianceCase, caseHolds } from "./case.ts";

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
  const { id, end, deadline, verifyUntil, expiredAt } = given;
  if (end !== null) return { state: "ended", end };
  const holds = caseHolds(given, at);
  if (holds === "expired") {
    const lifters = overrides.filter(
      (one) => one.scope.kind === "cases" && one.scope.caseIds.includes(id) && isInForce(one, at),
    );
    const last = lifters.toSorted((one, other) => other.endsAt.getTime() - one.endsAt.getTime())[0];
    if (last !== undefined) return { state: "lifted", by: last, until: last.endsAt };
    return { state: "expired", since: expiredAt ?? at };
  }
  const due = verifyUntil ?? deadline;
  if (due === null) return { state: "untold" };
  return holds === "unverified"
    ? { state: "unverified", since: due }
    : { state: "running", deadline: due, waits: verifyUntil !== null };
}
