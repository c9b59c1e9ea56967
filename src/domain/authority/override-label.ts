import { type ComplianceCase, dueAt } from "../compliance/case.ts";
import type { IssueEvent } from "./issue-event.ts";
import type { IssueQuestion, Standing, Step } from "./issue-question.ts";
import { mayNotLift, refusal, whoDid } from "./who.ts";

/** GitHub's times have whole seconds: an event may be almost one later than it says. */
const SECOND = 1_000;

/** The label `halt-override` was put on: it lifts what is expired then, when somebody authorised did it (J11). */
export function overrideLabelPut(
  event: IssueEvent,
  question: IssueQuestion,
  standing: Standing,
): readonly Step[] {
  const { policy, cases, authors } = question;
  // The label stands for what was lifted already, and we put it back ourselves.
  if (standing.overrides.length > 0) return [];
  const who = whoDid(event, question);
  if (who === null) return [refusal(event, "bot")];
  const { by } = who;
  if (!who.mayLift) return [mayNotLift(event, who)];
  if (cases === null) return [refusal(event, "nothing-here")];
  const expired = cases.filter((one) => isDue(one, new Date(event.at.getTime() + SECOND - 1)));
  if (expired.length === 0) return [refusal(event, "not-expired")];
  if (policy.override.fourEyes) {
    if (authors === null) return [refusal(event, "authors-unread")];
    if (authors.has(by.login.toLowerCase())) return [refusal(event, "four-eyes")];
  }
  const lasts = Math.min(policy.override.expires, policy.override.max);
  return [
    {
      what: "override-began",
      event,
      by,
      source: `label-event:${event.id}`,
      caseIds: expired.map(({ id }) => id),
      endsAt: new Date(event.at.getTime() + lasts),
      awaitsReason: policy.override.reason === "required",
    },
  ];
}

/** Past its deadline at that moment, and not over: it holds from its deadline on, confirmed by then or not. */
export function isDue(
  one: Pick<ComplianceCase, "end" | "expiredAt" | "deadline" | "verifyUntil">,
  at: Date,
): boolean {
  if (one.end !== null) return false;
  // A newer run that was waited for may have ended red before its time was up.
  return [dueAt(one), one.expiredAt].some((since) => since !== null && since.getTime() <= at.getTime());
}

/** Taken off: that ends what was lifted only when somebody authorised did it; else it is put back. */
export function overrideLabelTaken(
  event: IssueEvent,
  question: IssueQuestion,
  { overrides }: Standing,
): readonly Step[] {
  if (overrides.length === 0) return [];
  const who = whoDid(event, question);
  if (who === null) return [refusal(event, "bot")];
  if (!who.mayLift) return [refusal(event, "override-stays")];
  return overrides.map(({ source }) => ({ what: "override-ended", event, by: who.by, source }));
}
