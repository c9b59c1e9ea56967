import type { Effect } from "../effect.ts";
import { markdownCode } from "../escape/markdown-code.ts";
import { markdownProse } from "../escape/markdown-prose.ts";
import { visibleText } from "../escape/visible-text.ts";
import { listed } from "../wording/counted.ts";
import * as wording from "../wording/compliance-issue.ts";
import { caseState } from "./case.ts";
import { caseLinks } from "./case-links.ts";
import { checkName, issueChecklist } from "./issue-checklist.ts";
import { issueHeadline } from "./issue-headline.ts";
import { runLink, trunkOf } from "./issue-links.ts";
import { issuePeople } from "./issue-people.ts";
import { issueRange } from "./issue-range.ts";
import type { IssueView } from "./issue-view.ts";
import { waysOut } from "./ways-out.ts";

const DEFERRED_COLOR = "fbca04";
const HALT_COLOR = "b60205";
const OVERRIDE_COLOR = "0e8a16";
/** So that a title stays below GitHub's 256 characters, whatever they are made of. */
const ONLY_NAME = 60;
const ONE_OF_SEVERAL = 30;
const TRUNK_NAME = 30;
const MOST_NEWEST = 5;

/**
 * The issue of a first red commit as it should be: a pure function of what is stored, without the time, so that it is written
 * again only when something changes that a person must know. A newer red run alone is no such thing: it stands in the footnote.
 */
export function complianceIssue(given: IssueView): Extract<Effect, { kind: "issue" }> {
  const view = { ...given, cases: inOrder(given.cases) };
  const { repository, policy, cases } = view;
  const open = cases.filter(({ end }) => end === null);
  const isHalted = open.some((one) => caseState(one) === "expired");
  const { haltLabel } = policy.deferred;
  const halt = { name: haltLabel, color: HALT_COLOR, description: wording.haltLabelDescription() };
  const wasHalted = cases.some(({ expiredAt }) => expiredAt !== null);
  return {
    kind: "issue",
    repositoryId: repository.id,
    firstRed: view.firstRed,
    title: issueTitle(view),
    body: issueBody(view, open.length > 0),
    footnote: footnoteOf(view),
    labels: [
      { name: policy.deferred.label, color: DEFERRED_COLOR, description: wording.deferredLabelDescription() },
      ...(isHalted ? [halt] : []),
    ],
    labelsReady: [
      halt,
      { name: policy.override.label, color: OVERRIDE_COLOR, description: wording.overrideLabelDescription() },
    ],
    // Only where this issue's own cases have put it on: before that it is a manual halt, and somebody else's.
    labelsOff: wasHalted && !isHalted ? [haltLabel] : [],
    state: open.length > 0 ? "open" : "closed",
  };
}

/** All of its checks, those that are over too: a title that changes all the time is no name. */
function issueTitle(view: IssueView): string {
  const limit = view.cases.length === 1 ? ONLY_NAME : ONE_OF_SEVERAL;
  const names = view.cases.map(({ name }) => safeInTitle(name, limit));
  return wording.issueTitle(names, safeInTitle(trunkOf(view), TRUNK_NAME), view.firstRed);
}

/** GitHub reads code in titles, and in code nothing else; plain words need none. */
function safeInTitle(name: string, limit: number): string {
  const shown = visibleText(name.replaceAll("`", "'"), limit);
  return markdownProse(shown) === shown ? shown : markdownCode(shown, limit);
}

function issueBody(view: IssueView, isOpen: boolean): string {
  const sections = [
    [issueHeadline(view)],
    issueChecklist(view),
    ...caseLinks("note", view, view.cases).map((line) => [line]),
    issueRange(view),
    issuePeople(view),
    ...(isOpen ? [waysOut(view)] : []),
    [wording.writtenByHoldpoint()],
  ];
  return sections.map((lines) => lines.join("\n")).join("\n\n");
}

function footnoteOf(view: IssueView): string {
  const runs = view.cases
    .filter(({ end }) => end === null)
    .map((one) => `${checkName(one)} in ${runLink(view, one.newestRed)}`);
  return runs.length === 0 ? "" : wording.footnoteNewest(listed(runs, MOST_NEWEST));
}

/** Always the same order, however they were read: else the text would change for nothing. */
function inOrder(cases: IssueView["cases"]): IssueView["cases"] {
  return cases.toSorted(
    (one, other) =>
      one.openedAt.getTime() - other.openedAt.getTime() ||
      compareTexts(one.name, other.name) ||
      compareTexts(one.checkKey, other.checkKey),
  );
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
