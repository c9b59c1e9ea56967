import type { Transaction } from "../database/database.ts";
import { announce } from "../domain/compliance/announce.ts";
import type { Announcement } from "../domain/compliance/announcement.ts";
import { complianceIssue } from "../domain/compliance/compliance-issue.ts";
import { withOwners } from "../domain/compliance/joining-owners.ts";
import { shownCase } from "../domain/compliance/shown-case.ts";
import type { CommitSha, RepositoryFacts } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import { sendToOutbox } from "../effects/outbox.ts";
import { listCasesOfIssue } from "../store/compliance-case.ts";
import { findComplianceIssue } from "../store/compliance-issue.ts";
import { listOverrides } from "../store/override.ts";
import type { HandlerDependencies } from "./dependencies.ts";

export interface TellingOfCases {
  readonly repository: RepositoryFacts;
  /** What open cases stand on. */
  readonly policy: Policy;
  readonly firstRed: CommitSha;
  /** What is said once; none: the issue alone is shown as it is now. */
  readonly announcements: readonly Announcement[];
  readonly at: Date;
  /** What is said stands on the issue already: a command was answered there. */
  readonly onSlackOnly?: boolean;
}

/**
 * Shows the issue of a first red commit as its cases are in this transaction, and says what happened, on GitHub and on Slack. What is
 * shown already causes no call. Nothing is done for a first red commit that has no issue.
 */
export async function tellOfCases(
  transaction: Transaction,
  {
    queue,
    publicUrl,
    cockpitUrl,
    githubUrl,
  }: Pick<HandlerDependencies, "queue" | "publicUrl" | "cockpitUrl" | "githubUrl">,
  { repository, policy, firstRed, announcements, at, onSlackOnly = false }: TellingOfCases,
): Promise<void> {
  const issue = await findComplianceIssue(transaction, repository.id, firstRed);
  if (issue === null) return;
  const cases = await listCasesOfIssue(transaction, repository.id, firstRed);
  if (cases.length === 0) return;
  const ids = new Set(cases.map(({ id }) => id));
  const overrides = (await listOverrides(transaction, repository.id, at)).filter(
    ({ scope }) => scope.kind === "cases" && scope.caseIds.some((id) => ids.has(id)),
  );
  const { hour } = policy.deferred;
  const view = {
    repository,
    policy,
    firstRed,
    cases: cases.map((one) => shownCase(one, issue.openedAt, hour)),
    range: issue.range,
    people: withOwners(issue.people, cases),
    overrides,
    publicUrl,
    cockpitUrl,
    githubUrl,
  };
  const said = announcements
    .flatMap((announcement) => announce(view, announcement))
    .filter(({ kind }) => !onSlackOnly || kind !== "note");
  await sendToOutbox(transaction, queue, [complianceIssue(view), ...said], at);
}
