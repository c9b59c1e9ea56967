import { caseState } from "../compliance/case.ts";
import type { IssueEvent } from "./issue-event.ts";
import type { IssueQuestion, Standing, Step } from "./issue-question.ts";
import { refusal, whoDid } from "./who.ts";

/** GitHub's times have whole seconds: an event may be almost one later than it says. */
const SECOND = 1_000;

/** The label `deploy-halt` was put on: anybody with write access halts by that (J11). */
export function haltLabelPut(
  event: IssueEvent,
  question: IssueQuestion,
  { halts }: Standing,
): readonly Step[] {
  if (halts.length > 0) return [];
  const who = whoDid(event, question);
  // Holdpoint itself puts it on where a case has expired.
  if (who === null) return isHeldByCases(question) ? [] : [refusal(event, "bot")];
  if (!who.mayWrite) return [refusal(event, "halt-needs-write")];
  return [{ what: "halt-began", event, by: who.by, source: `label-event:${event.id}` }];
}

/** Taken off, or the issue closed: lifted by that person or by somebody authorised, else it stays. */
export function haltDenied(event: IssueEvent, question: IssueQuestion, { halts }: Standing): readonly Step[] {
  const stays = event.what === "closed" ? "halt-stays-closed" : "halt-stays";
  if (halts.length === 0) {
    return event.what === "unlabelled" && isHeldByCases(question) ? [refusal(event, "halt-stays")] : [];
  }
  const who = whoDid(event, question);
  if (who === null) return [refusal(event, "bot")];
  const { by } = who;
  // Events may be seen late: whoever ended a halt knew nothing of one that was called afterwards.
  const meant = halts.filter(({ beganAt }) => beganAt.getTime() < event.at.getTime() + SECOND);
  const lifted = who.mayLift ? meant : meant.filter(({ byId }) => byId === by.id);
  const steps = lifted.map(({ source }) => ({ what: "halt-ended", event, by, source }) as const);
  return lifted.length === halts.length ? steps : [...steps, refusal(event, stays)];
}

/** Whether the label is Holdpoint's own: one of the issue's cases is past its deadline. */
export function isHeldByCases({ cases }: Pick<IssueQuestion, "cases">): boolean {
  return (cases ?? []).some((one) => caseState(one) === "expired");
}
