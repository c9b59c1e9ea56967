import type { Transaction } from "../database/database.ts";
import { isLabel } from "../domain/authority/label-name.ts";
import { type DomainEvent, subjectsOf } from "../domain/event.ts";
import type { Subject } from "../domain/subject.ts";
import type { Watch } from "../domain/watch.ts";
import { standsSomething } from "../store/issue-cursor.ts";
import { isReasonAwaited } from "../store/override.ts";
import { findWatch, hasOpenCases, readCheckConcerns } from "../store/watch.ts";

type AboutCheck = Extract<DomainEvent, { kind: "check-finished" | "check-started" }>;

/**
 * The looks that an event asks for, without those that could find nothing new: an organisation with thousands of checks
 * and pushes an hour would spend its rate limit on looks at commits that nobody deploys. Where it is not known what
 * matters, everything does.
 */
export async function neededLooks(transaction: Transaction, event: DomainEvent): Promise<readonly Subject[]> {
  if (event.kind === "issue-changed") {
    return (await mayMatter(transaction, event)) ? subjectsOf(event) : [];
  }
  if (event.kind === "comment-made") {
    const { repository, issueNumber, command } = event;
    const matters = command || (await isReasonAwaited(transaction, repository.id, issueNumber));
    return matters ? subjectsOf(event) : [];
  }
  const isCheck = event.kind === "check-finished" || event.kind === "check-started";
  if (!isCheck && event.kind !== "pushed") return subjectsOf(event);
  const watch = await findWatch(transaction, event.repository.id);
  if (watch === null) return subjectsOf(event);
  return event.kind === "pushed"
    ? await looksAfterPush(transaction, event, watch)
    : await looksAfterCheck(transaction, event, watch);
}

/** Labels that mean nothing are put on all day, and most issues are none of ours. */
async function mayMatter(
  transaction: Transaction,
  { repository, number, label }: Extract<DomainEvent, { kind: "issue-changed" }>,
): Promise<boolean> {
  if (label !== null) {
    const watch = await findWatch(transaction, repository.id);
    if (watch === null || watch.labels.some((one) => isLabel(label, one))) return true;
  }
  return await standsSomething(transaction, repository.id, number);
}

async function looksAfterPush(
  transaction: Transaction,
  { repository: { id: repositoryId, defaultBranch }, branch }: Extract<DomainEvent, { kind: "pushed" }>,
  watch: Watch,
): Promise<readonly Subject[]> {
  const needed: Subject[] = [];
  // The policy is read from the default branch.
  if ([defaultBranch, watch.deployBranch, ...watch.baseBranches].includes(branch)) {
    needed.push({ kind: "deploy", repositoryId });
  }
  if (branch !== watch.trunk) return needed;
  if (watch.deferredChecks || (await hasOpenCases(transaction, repositoryId))) {
    needed.push({ kind: "compliance", repositoryId });
  }
  return needed;
}

async function looksAfterCheck(
  transaction: Transaction,
  event: AboutCheck,
  watch: Watch,
): Promise<readonly Subject[]> {
  if (!watch.governed) return [];
  const { id: repositoryId } = event.repository;
  const concerns = await readCheckConcerns(transaction, repositoryId, event.sha);
  const { deployHead, deployIsLookedAt, gateJudgedIt } = concerns;
  const needed: Subject[] = [];
  if (watch.requiredChecks) {
    // A look that runs may have read this commit's checks before this one ended.
    const maybeHead = deployHead === null || deployHead === event.sha || deployIsLookedAt;
    if (maybeHead) needed.push({ kind: "deploy", repositoryId });
    if (gateJudgedIt) needed.push({ kind: "gate", repositoryId });
  }
  if (!mayBeOnTrunk(event, watch.trunk)) return needed;
  if (watch.deferredChecks || (await hasOpenCases(transaction, repositoryId))) {
    needed.push({ kind: "compliance", repositoryId });
  }
  return needed;
}

/** The branches are GitHub's word for where it ran. A merge queue's commit becomes the trunk's, sometimes before its checks end. */
function mayBeOnTrunk({ branches }: AboutCheck, trunk: string): boolean {
  if (branches === null) return true;
  return branches.some((branch) => branch === trunk || branch.startsWith(`gh-readonly-queue/${trunk}/`));
}
