import type { Effect } from "../domain/effect.ts";
import { answerDeployment, type JobAnswer } from "../domain/gate/answer-deployment.ts";
import type { GateAnswer } from "../domain/gate/gate.ts";
import type { CommitSha, RepositoryFacts, RepositoryId } from "../domain/model.ts";
import { sendToOutbox } from "../effects/outbox.ts";
import { appendAudit } from "../store/audit.ts";
import { dropDeadline, setDeadline } from "../store/deadline.ts";
import {
  listWaitingJobs,
  noteAnswered,
  noteStillWaiting,
  type WaitingJob,
} from "../store/waiting-deployment.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { readGround } from "./read-ground.ts";

/** Asks the gate for what a job wants to deploy. A rollback that somebody was permitted is asked for as one. */
export type AsksGate = (question: {
  readonly environment: string;
  readonly sha: CommitSha;
}) => Promise<GateAnswer>;

interface Waiting {
  readonly repository: RepositoryFacts;
  readonly ask: AsksGate;
}

/** As many as GitHub takes for one deployment. */
const MOST_REPORTS = 10;
/** A ticket that was mended, say, tells nobody which commits wait for it. */
const ASK_AGAIN = 60_000;

/**
 * Answers every job of the repository that waits for a protection rule, as the gate is now. Those that go on waiting are
 * told why, and are looked at again every minute, and when the answer changes by itself or the first of them waited long enough.
 */
export async function answerWaitingDeployments(
  dependencies: HandlerDependencies,
  { repository, ask }: Waiting,
): Promise<void> {
  const { database, clock, hour } = dependencies;
  const jobs = await listWaitingJobs(database, repository.id);
  if (jobs.length === 0) return;
  // No answer can be taken back: the policy is read again, for a new one may have come unheard of.
  const ground = await readGround(dependencies, repository.id);
  if (ground === null) return;
  const { policyState } = ground;
  // Without a policy what `gate.max_wait` is by default.
  const wait = policyState.state === "in-force" ? policyState.policy.gate.maxWait : hour / 2;
  const moments: number[] = [];
  for (const job of jobs) {
    const gate = await ask({ environment: job.environment, sha: job.sha });
    const endsAt = job.endsAt ?? new Date(job.askedAt.getTime() + wait);
    const isWaiting = await saveAnswer(dependencies, repository, { ...job, endsAt }, gate);
    if (!isWaiting) continue;
    moments.push(endsAt.getTime(), gate.changesAt?.getTime() ?? Infinity);
  }
  await setAlarm(dependencies, repository.id, moments, clock.now());
}

/** One short transaction; whether the job goes on waiting. One that was answered, or asked again, meanwhile is left alone. */
async function saveAnswer(
  { database, queue, clock }: HandlerDependencies,
  repository: RepositoryFacts,
  job: WaitingJob & { readonly endsAt: Date },
  gate: GateAnswer,
): Promise<boolean> {
  const at = clock.now();
  const said = answerDeployment(gate, job, at);
  const key = { ...job, repositoryId: repository.id };
  const effect: Effect = {
    kind: "deployment-answer",
    repositoryId: repository.id,
    runId: job.runId,
    environment: job.environment,
    asks: job.asks,
    callbackUrl: job.callbackUrl,
    answer: said.answer,
    comment: said.comment,
  };
  return await database.transaction(async (transaction) => {
    if (said.answer === "report") {
      const isTold = job.reports < MOST_REPORTS;
      if (!(await noteStillWaiting(transaction, key, job))) return false;
      const changed = isTold ? await sendToOutbox(transaction, queue, [effect], at) : [];
      if (changed.length > 0) await noteStillWaiting(transaction, key, { ...job, reports: job.reports + 1 });
      return true;
    }
    if (!(await noteAnswered(transaction, key, said.answer, at))) return false;
    await sendToOutbox(transaction, queue, [effect], at);
    await appendAudit(transaction, {
      installationId: repository.installationId,
      at,
      record: recordAnswer(repository, job, gate, said),
    });
    return false;
  });
}

function recordAnswer(
  repository: RepositoryFacts,
  job: WaitingJob & { readonly endsAt: Date },
  gate: GateAnswer,
  { answer, comment }: JobAnswer,
) {
  return {
    what: "deployment-answer",
    repository: repository.id,
    run: job.runId,
    environment: job.environment,
    sha: job.sha,
    answer,
    decision: gate.decision,
    would_be: gate.wouldBe,
    reasons: gate.reasons.map(({ kind, code }) => `${kind}: ${code}`),
    asked_at: job.askedAt.toISOString(),
    ends_at: job.endsAt.toISOString(),
    comment,
  };
}

/** The next moment at which something may be answered differently; none, where nothing waits any more. */
async function setAlarm(
  { database }: Pick<HandlerDependencies, "database">,
  repositoryId: RepositoryId,
  moments: readonly number[],
  at: Date,
): Promise<void> {
  const key = `waiting:${repositoryId}`;
  const dueAt = new Date(Math.min(...moments, at.getTime() + ASK_AGAIN));
  await database.transaction(async (transaction) => {
    if (moments.length === 0) return await dropDeadline(transaction, key);
    await setDeadline(transaction, { key, repositoryId, subject: { kind: "gate", repositoryId }, dueAt });
  });
}
