import { markdownCode } from "../escape/markdown-code.ts";
import { timeSpan } from "../time-span.ts";
import { moment } from "../wording/counted.ts";
import * as wording from "../wording/compliance-issue.ts";
import { type ComplianceCase, caseState } from "./case.ts";
import { expectedDeadline } from "./expected-deadline.ts";
import { environmentNames } from "./issue-checklist.ts";
import { trunkOf } from "./issue-links.ts";
import type { IssueView } from "./issue-view.ts";

/** What somebody must know who reads one line: halted, or until when there is time, or over. */
export function issueHeadline(view: IssueView): string {
  const open = view.cases.filter(({ end }) => end === null);
  const expired = open.filter((one) => caseState(one) === "expired");
  if (expired.length > 0) return halted(view, expired);
  const unverified = open.filter(({ unverifiedSince }) => unverifiedSince !== null);
  if (unverified.length > 0) {
    return wording.unverifiedHeadline(
      moment(earliest(unverified.map((one) => one.unverifiedSince ?? one.openedAt))),
    );
  }
  if (open.length === 0) return wording.overHeadline();
  return running(view, open);
}

function halted(view: IssueView, expired: readonly ComplianceCase[]): string {
  const since = moment(earliest(expired.map(({ expiredAt, openedAt }) => expiredAt ?? openedAt)));
  const lifted = view.overrides.map(({ by, endsAt }) =>
    wording.liftedUntil(markdownCode(by), moment(endsAt)),
  );
  return [
    wording.haltedHeadline(environmentsOf(expired), since),
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
  const since = moment(earliest(open.map(({ firstRed }) => firstRed.at)));
  if (open.every(({ adopted }) => adopted)) {
    const span = timeSpan(due.getTime() - first.openedAt.getTime(), hour);
    return `${wording.alreadyRedHeadline(trunk, since)} ${wording.adoptedHaltsUnlessGreen(environments, moment(due), span)}`;
  }
  const span = timeSpan(due.getTime() - first.firstRed.at.getTime(), hour);
  return `${wording.redHeadline(trunk, since)} ${wording.haltsUnlessGreen(environments, moment(due), span)}`;
}

function environmentsOf(cases: readonly ComplianceCase[]): string {
  const named = cases.map(({ environments }) => environments);
  return environmentNames(
    named.some((one) => one === null) ? null : [...new Set(named.flatMap((one) => one ?? []))],
  );
}

function earliest(moments: readonly Date[]): Date {
  return new Date(Math.min(...moments.map((one) => one.getTime())));
}
