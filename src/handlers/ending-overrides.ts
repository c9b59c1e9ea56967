import type { Transaction } from "../database/database.ts";
import { nameOf } from "../domain/authority/issue-notes.ts";
import type { Announcement } from "../domain/compliance/announcement.ts";
import type { CaseId } from "../domain/compliance/case.ts";
import type { Effect } from "../domain/effect.ts";
import { isInForce, type Override } from "../domain/gate/override.ts";
import { overrideOver } from "../domain/wording/authority.ts";
import type { AuditRecord } from "../store/audit.ts";
import { type Deadline, dropDeadline } from "../store/deadline.ts";
import { endOverride, type StoredOverride } from "../store/override.ts";

export function isOfCases(
  scope: Override["scope"],
): scope is Extract<Override["scope"], { readonly kind: "cases" }> {
  return scope.kind === "cases";
}

/** Whether it lifts nothing any more: its time is up, or all of its cases have ended. One that waits for its reason is not over. */
export function isOver(override: StoredOverride, openCases: ReadonlySet<CaseId>, at: Date): boolean {
  const { scope, awaitsReason } = override;
  if (isOfCases(scope) && !scope.caseIds.some((id) => openCases.has(id))) return true;
  return !awaitsReason && !isInForce(override, at);
}

export interface Ended {
  readonly announcements: readonly Announcement[];
  readonly effects: readonly Effect[];
  readonly records: readonly AuditRecord[];
}

/** Ends those that are over; what they lifted and is still there holds again, and that is said. */
export async function endOverrides(
  transaction: Transaction,
  over: readonly StoredOverride[],
  openCases: ReadonlySet<CaseId>,
  at: Date,
): Promise<Ended> {
  const announcements: Announcement[] = [];
  const effects: Effect[] = [];
  const records: AuditRecord[] = [];
  for (const override of over) {
    const { repositoryId, scope, source, issueNumber, endsAt } = override;
    if (!(await endOverride(transaction, override, { at, by: null }))) continue;
    await dropDeadline(transaction, overrideKey(override.id));
    records.push({
      what: "override-ended",
      repository: repositoryId,
      issue: issueNumber,
      source,
      by: null,
      due: endsAt.toISOString(),
    });
    const key = `override-ended-${source}`;
    if (isOfCases(scope)) {
      const holdsAgain = scope.caseIds.some((id) => openCases.has(id));
      if (holdsAgain) announcements.push({ what: "override-ended", key, by: null });
    } else if (issueNumber !== null) {
      const body = overrideOver(scope.codes, nameOf(scope.environment));
      effects.push({ kind: "note", repositoryId, on: { kind: "number", number: issueNumber }, key, body });
    }
  }
  return { announcements, effects, records };
}

/** The key of an override's deadline. */
export function overrideKey(id: number): string {
  return `override:${id}`;
}

/** When what was lifted is looked at again because its time is up: the issue that it was said on, or the gate. */
export function overrideDeadline({ id, repositoryId, endsAt, issueNumber }: StoredOverride): Deadline {
  const subject =
    issueNumber === null
      ? ({ kind: "gate", repositoryId } as const)
      : ({ kind: "issue", repositoryId, number: issueNumber } as const);
  return { key: overrideKey(id), repositoryId, subject, dueAt: endsAt };
}
