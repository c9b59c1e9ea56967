import type { IssueEvent } from "./issue-event.ts";
import type { IssueDecision, IssueQuestion, Standing, StandingHalt, Step } from "./issue-question.ts";
import { haltDenied, haltLabelPut, isHeldByCases } from "./halt-label.ts";
import { isLabel } from "./label-name.ts";
import { overrideLabelPut, overrideLabelTaken } from "./override-label.ts";
import { refusal } from "./who.ts";

/** How often within 24 hours an issue that others close is opened again. */
const MOST_REOPENINGS = 3;
/** How often within 24 hours a label that others take off is put back. */
const MOST_PUT_BACK = 3;

/**
 * What follows from an issue's labels and state: its events are gone through in GitHub's order, so that quick changes, labels put on twice
 * and two people at once come to one decision, whenever it is made. Then the labels are compared with what stands.
 */
export function decideIssue(question: IssueQuestion): IssueDecision {
  let standing: Standing = { overrides: question.overrides, halts: question.halts };
  const steps: Step[] = [];
  for (const event of question.events) {
    const following = stepsOf(event, question, standing);
    for (const step of following) standing = apply(step, standing, question.at);
    steps.push(...following);
  }
  const { deferred, override } = question.policy;
  return {
    steps,
    standing,
    overrideLabel: differs(
      question,
      override.label,
      standing.overrides.length > 0,
      question.strippings.overrideLabel,
    ),
    haltLabel: differs(
      question,
      deferred.haltLabel,
      standing.halts.length > 0 || isHeldByCases(question),
      question.strippings.haltLabel,
    ),
    reopen: question.state === "closed" && mustStayOpen(question, standing),
  };
}

function stepsOf(event: IssueEvent, question: IssueQuestion, standing: Standing): readonly Step[] {
  const { deferred, override } = question.policy;
  const { strippings } = question;
  switch (event.what) {
    case "labelled":
      if (isLabel(event.label, override.label)) return overrideLabelPut(event, question, standing);
      if (isLabel(event.label, deferred.haltLabel)) return haltLabelPut(event, question, standing);
      return [];
    case "unlabelled":
      if (isLabel(event.label, override.label)) {
        const steps = overrideLabelTaken(event, question, standing);
        return strippings.overrideLabel > MOST_PUT_BACK ? leftOff(steps, "override-label-left-off") : steps;
      }
      if (isLabel(event.label, deferred.haltLabel)) {
        const steps = haltDenied(event, question, standing);
        return strippings.haltLabel > MOST_PUT_BACK ? leftOff(steps, "halt-label-left-off") : steps;
      }
      return [];
    case "closed":
      return closed(event, question, standing);
    case "reopened":
      return [];
  }
}

/** Refused as before, but nobody is told any more that the label was put back. */
function leftOff(
  steps: readonly Step[],
  why: "override-label-left-off" | "halt-label-left-off",
): readonly Step[] {
  return steps.map((step) => (step.what === "refused" ? { ...step, why } : step));
}

/** A pull request that is closed or merged says nothing about the halt on it: there only the label counts. */
function closed(event: IssueEvent, question: IssueQuestion, standing: Standing): readonly Step[] {
  if (question.onPullRequest) return [];
  const steps = haltDenied(event, question, standing);
  const after = steps.reduce<Standing>((state, step) => apply(step, state, question.at), standing);
  if (question.state === "open" || !concernsHold(question, after)) return steps;
  if (question.closings > MOST_REOPENINGS) return [...steps, refusal(event, "left-closed")];
  return hasOpenCases(question) ? [...steps, { what: "reopened", event }] : steps;
}

function mustStayOpen(question: IssueQuestion, standing: Standing): boolean {
  if (question.onPullRequest || question.closings > MOST_REOPENINGS) return false;
  return concernsHold(question, standing);
}

function concernsHold(question: IssueQuestion, { halts }: Standing): boolean {
  return halts.length > 0 || hasOpenCases(question);
}

function hasOpenCases({ cases }: IssueQuestion): boolean {
  return cases !== null && cases.length > 0;
}

function apply(step: Step, standing: Standing, at: Date): Standing {
  switch (step.what) {
    case "override-began":
      // It may be over by the time that anybody looks.
      return step.endsAt.getTime() <= at.getTime() && !step.awaitsReason
        ? standing
        : { ...standing, overrides: [...standing.overrides, step] };
    case "override-ended":
      return { ...standing, overrides: standing.overrides.filter(({ source }) => source !== step.source) };
    case "halt-began":
      return { ...standing, halts: [...standing.halts, haltOf(step)] };
    case "halt-ended":
      return { ...standing, halts: standing.halts.filter(({ source }) => source !== step.source) };
    case "refused":
    case "reopened":
      return standing;
  }
}

function haltOf({ source, by, event }: Extract<Step, { what: "halt-began" }>): StandingHalt {
  return { source, byId: by.id, beganAt: event.at };
}

function differs(
  { labels }: Pick<IssueQuestion, "labels">,
  label: string,
  wanted: boolean,
  strippings: number,
): boolean | null {
  if (labels.some((name) => isLabel(name, label)) === wanted) return null;
  return wanted && strippings > MOST_PUT_BACK ? null : wanted;
}
