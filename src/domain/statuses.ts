import type { Answer, Decision } from "./decision.ts";
import type { Effect } from "./effect.ts";

type Status = Extract<Effect, { kind: "status" }>;
type CheckRun = Extract<Effect, { kind: "check-run" }>;

export const PRE_DEPLOY_CONTEXT = "holdpoint/pre-deploy";
export const TICKETS_CONTEXT = "holdpoint/tickets";
/** Differs from every context: GitHub would otherwise require both of the two where one is required. */
export const CHECK_RUN_NAME = "Holdpoint";

const STATES: Readonly<Record<Answer, Status["state"]>> = {
  open: "success",
  held: "failure",
  unknown: "pending",
};
const CONCLUSIONS: Readonly<Record<Answer, CheckRun["conclusion"]>> = {
  open: "success",
  held: "failure",
  unknown: "action_required",
};

export function statusState({ state }: Pick<Decision, "state">): Status["state"] {
  return STATES[state];
}
export function checkRunConclusion({ state }: Pick<Decision, "state">): CheckRun["conclusion"] {
  return CONCLUSIONS[state];
}
