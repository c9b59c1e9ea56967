import type { CaseId } from "../compliance/case.ts";
import type { Finding } from "../finding.ts";
import type { Reason } from "./gate.ts";

/** A reason with what it does to the gate as long as nobody lifts it, and what may lift it. */
export interface Stop {
  readonly reason: Reason;
  readonly gate: "held" | "unknown";
  /** Where it comes from: that decides what may lift it. */
  readonly from:
    | { readonly kind: "case"; readonly id: CaseId; readonly name: string }
    | { readonly kind: "halt"; readonly by: string }
    | { readonly kind: "finding"; readonly finding: Finding }
    | { readonly kind: "place" }
    /** Nobody knows enough to lift anything: no policy, no such commit, facts that could not be read. */
    | { readonly kind: "ground" };
}

/** One that somebody may lift: somebody knows what it is. */
export type LiftableStop = Stop & { readonly from: Exclude<Stop["from"], { readonly kind: "ground" }> };

/** GitHub compares the names of environments without regard to case. */
export function isSameEnvironment(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
