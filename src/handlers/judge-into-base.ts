import { evaluate } from "../domain/evaluate.ts";
import type { Judgement, Place } from "../domain/gate/gate.ts";
import type { CommitSha, RepositoryFacts } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import { takeDeploySnapshot } from "../snapshot/take-deploy-snapshot.ts";
import { leavePlace } from "../store/judgement.ts";
import { findHead, type JudgedSubject } from "../store/subject.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { saveGateWork, wakeGate } from "./save-gate-work.ts";

export interface IntoBase {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly sha: CommitSha;
  /** The branch that it would be merged into. */
  readonly baseBranch: string;
  readonly place: Extract<Place, "pull-request" | "merge-group">;
  readonly subject: JudgedSubject;
  /** The deploy branch's head, which the deploy's own look judges. */
  readonly deployHead: CommitSha | null;
}

/**
 * Judges the head of a pull request, or of a merge group, that would be merged into what an environment runs: merging is the
 * deploy there. A head that it had before may not go out any more.
 */
export async function judgeIntoBase(dependencies: HandlerDependencies, given: IntoBase): Promise<void> {
  const { database, queue, clock } = dependencies;
  const { repository, policy, sha, baseBranch, place, subject, deployHead } = given;
  const environments = policy.deploy.environments.filter(
    ({ base }) => base.kind === "branch" && base.branch === baseBranch,
  );
  const shown: Judgement[] = [];
  for (const environment of sha === deployHead ? [] : environments) {
    const readAt = clock.now();
    const taken = await takeDeploySnapshot(dependencies, { repository, policy, environment, sha });
    if (taken.state !== "known") continue;
    const verdict = evaluate(taken.value.snapshot, taken.value.carriage);
    shown.push({ environment: environment.name, sha, place, wasLive: false, verdict, readAt });
  }
  await database.transaction(async (transaction) => {
    const before = await findHead(transaction, subject);
    await saveGateWork(dependencies, transaction, repository.id, { shown, hidden: [], statuses: [] });
    if (before === null || before === sha) return;
    const left = await leavePlace(transaction, repository.id, { sha: before, from: place, hide: false });
    if (left) await wakeGate(queue, transaction, repository.id);
  });
}

/** The pull request or the group is over. What was merged is nobody's business here any more; the rest may not go out. */
export async function leaveBase(
  { database, queue }: Pick<HandlerDependencies, "database" | "queue">,
  {
    repository,
    subject,
    place,
    merged,
  }: Pick<IntoBase, "repository" | "subject" | "place"> & { readonly merged: boolean },
): Promise<void> {
  await database.transaction(async (transaction) => {
    const sha = await findHead(transaction, subject);
    if (sha === null) return;
    const left = await leavePlace(transaction, repository.id, { sha, from: place, hide: merged });
    if (left && !merged) await wakeGate(queue, transaction, repository.id);
  });
}
