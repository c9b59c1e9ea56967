import { markdownCode } from "../escape/markdown-code.ts";
import { timeSpan } from "../time-span.ts";
import { moment } from "../wording/counted.ts";
import * as wording from "../wording/compliance-issue.ts";
import type { ComplianceCase } from "./case.ts";
import { earliest } from "./earliest.ts";
import { expectedDeadline } from "./expected-deadline.ts";
import { heldEnvironments } from "./held-environments.ts";
import { environmentNames } from "./issue-checklist.ts";
import { trunkOf } from "./issue-links.ts";
import type { IssueView } from "./issue-view.ts";

/** What somebody must know who reads one line: halted, or until when there is time, or over. */
export function issueHeadline(view: IssueView): string {
  const open = view.cases.filter(({ end }) => end === null);
  const expired = earliest(open.map(({ expiredAt }) => expiredAt));
  if (expired !== null) return halted(view, open, expired);
  const unverified = earliest(open.map(({ unverifiedSince }) => unverifiedSince));
  if (unverified !== null) return wording.unverifiedHeadline(moment(unverified));
  if (open.length === 0) return wording.overHeadline();
  return running(view, open);
}

function halted(view: IssueView, open: readonly ComplianceCase[], since: Date): string {
  const expired = open.filter(({ expiredAt }) => expiredAt !== null);
  const lifted = view.overrides.map(({ by, endsAt }) =>
    wording.liftedUntil(markdownCode(by), moment(endsAt)),
  );
  return [
    wording.haltedHeadline(environmentsOf(expired), moment(since)),
    ...(lifted.length === 0 ? [wording.haltEndsWithGreen()] : lifted),
  ].join(" ");
}

function running(view: IssueView, open: readonly ComplianceCase[]): string {
  const { hour } = view.policy.deferred;
  const dueOf = (one: ComplianceCase): number => expectedDeadline(one, hour).getTime();
  const first = open.reduce((soonest, one) => (dueOf(one) < dueOf(soonest) ? one : soonest));
  const due = new Date(dueOf(first));
  const trunk = markdownCode(trunkOf(view));
  const environments = environmentsOf(open);
  const since = moment(new Date(Math.min(...open.map(({ firstRed }) => firstRed.at.getTime()))));
  if (open.every(({ adopted }) => adopted)) {
    const span = timeSpan(due.getTime() - first.openedAt.getTime(), hour);
    return `${wording.alreadyRedHeadline(trunk, since)} ${wording.adoptedHaltsUnlessGreen(environments, moment(due), span)}`;
  }
  const span = timeSpan(due.getTime() - first.firstRed.at.getTime(), hour);
  return `${wording.redHeadline(trunk, since)} ${wording.haltsUnlessGreen(environments, moment(due), span)}`;
}

function environmentsOf(cases: readonly ComplianceCase[]): string {
  return environmentNames(heldEnvironments(cases));
}
