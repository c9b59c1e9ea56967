import * as wording from "../wording/deployment-rule.ts";
import type { GateAnswer } from "./gate.ts";

/** What a job that waits for an environment's protection rule is told. */
export type JobAnswer =
  | { readonly answer: "approved" | "rejected"; readonly comment: string }
  | { readonly answer: "report"; readonly comment: string };

/** Reasons for which nothing is to be waited for, by their codes. */
const NO_POLICY = "no-policy";
const NOT_NAMED = "environment-not-in-policy";

/**
 * J1 at the door of deployment protection rules. A rejection fails the job for good, so that a gate that is held or
 * unknown waits, up to `endsAt`; the end itself is over. An approval cannot be withdrawn.
 */
export function answerDeployment(
  gate: GateAnswer,
  job: { readonly askedAt: Date; readonly endsAt: Date },
  at: Date,
): JobAnswer {
  const { reasons } = gate;
  const codes = new Set(reasons.map(({ code }) => code));
  if (codes.has(NO_POLICY)) return { answer: "rejected", comment: wording.jobRejectedAtOnce(reasons) };
  if (codes.has(NOT_NAMED) && !holds(gate)) return { answer: "approved", comment: wording.jobNotGoverned() };
  if (gate.decision === "open") {
    const comment = gate.wouldBe === "open" ? wording.jobApproved(reasons) : wording.jobObserved(reasons);
    return { answer: "approved", comment };
  }
  if (at.getTime() >= job.endsAt.getTime()) {
    return { answer: "rejected", comment: wording.jobRejected(reasons, job.askedAt) };
  }
  return { answer: "report", comment: wording.jobWaits(reasons, job.endsAt) };
}

/** The environment was named when a hold began, and nobody accepted yet that it is left out. */
function holds({ reasons }: GateAnswer): boolean {
  return reasons.some(({ kind }) => kind === "case" || kind === "halt" || kind === "unverified");
}
