import { markdownCode } from "../escape/markdown-code.ts";
import { markdownProse } from "../escape/markdown-prose.ts";
import { listed, moment } from "../wording/counted.ts";
import * as wording from "../wording/compliance-issue.ts";
import type { ComplianceCase } from "./case.ts";
import { expectedDeadline } from "./expected-deadline.ts";
import { fitLines } from "./fit-lines.ts";
import { runLink } from "./issue-links.ts";
import type { IssueView } from "./issue-view.ts";

/** Of the 65,536 characters that a text may have. */
const MOST_CHARACTERS = 24_000;
const NAME_LENGTH = 120;
const ENVIRONMENT_LENGTH = 40;
const MOST_ENVIRONMENTS = 5;
const REASON_LENGTH = 200;

/** One line for each check, ticked where its case has ended; those that still run first. */
export function issueChecklist(view: IssueView): readonly string[] {
  const ordered = [
    ...view.cases.filter(({ end }) => end === null),
    ...view.cases.filter(({ end }) => end !== null),
  ];
  const lines = ordered.map((one) => checkLine(view, one));
  return fitLines(lines, MOST_CHARACTERS, wording.andMoreChecks);
}

/** The check's name as inline code. */
export function checkName({ name }: Pick<ComplianceCase, "name">): string {
  return markdownCode(name, NAME_LENGTH);
}

/** `all environments`, or their names. */
export function environmentNames(environments: readonly string[] | null): string {
  return environments === null
    ? wording.allEnvironments()
    : listed(
        environments.map((name) => markdownCode(name, ENVIRONMENT_LENGTH)),
        MOST_ENVIRONMENTS,
      );
}

function checkLine(view: IssueView, one: ComplianceCase): string {
  const name = checkName(one);
  const source = sourceOf(one);
  if (one.end !== null) return wording.endedCheck(name, source, howItEnded(view, one.end));
  const words = {
    name,
    source,
    since: moment(one.firstRed.at),
    firstRun: runLink(view, one.firstRed),
    environments: environmentNames(one.environments),
  };
  if (one.expiredAt !== null) return wording.expiredCheck(words, moment(one.expiredAt));
  const due = moment(expectedDeadline(one, view.policy.deferred.hour));
  return one.verifyUntil === null ? wording.openCheck(words, due) : wording.waitingCheck(words, due);
}

function sourceOf({ source }: ComplianceCase): string {
  switch (source.kind) {
    case "workflow":
      return wording.ofWorkflow(markdownCode(source.workflow, NAME_LENGTH));
    case "app":
      return wording.ofApp(markdownCode(source.app, NAME_LENGTH));
    case "status":
      return "";
  }
}

function howItEnded(view: IssueView, end: NonNullable<ComplianceCase["end"]>): string {
  const at = moment(end.at);
  const run = end.sha === null ? null : runLink(view, { sha: end.sha, url: end.url });
  const because = end.because === null ? null : markdownProse(end.because.slice(0, REASON_LENGTH));
  switch (end.as) {
    case "green":
      return wording.greenAgain(at, run);
    case "gone":
      return wording.goneNow(at, run);
    case "by-hand":
      return wording.resolvedByHand(at, end.by === null ? wording.somebody() : markdownCode(end.by), because);
    case "void":
      return wording.noLongerWatched(at, because);
  }
}
