import type { Effect } from "../domain/effect.ts";
import { answerDeployment, type JobAnswer } from "../domain/gate/answer-deployment.ts";
import type { GateAnswer } from "../domain/gate/gate.ts";
import type { CommitSha, RepositoryFacts } from "../domain/model.ts";
import type { PolicyState } from "../domain/policy.ts";
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

/** Asks the gate for what a job wants to deploy. A rollback that somebody was permitted is asked for as one. */
export type AsksGate = (question: {
  readonly environment: string;
  readonly sha: CommitSha;
}) => Promise<GateAnswer>;

interface Waiting {
  readonly repository: RepositoryFacts;
  readonly policyState: PolicyState;
  readonly ask: AsksGate;
}

const MINUTE = 60_000;
/** Where no policy says otherwise: what `gate.max_wait` is by default. */
const DEFAULT_WAIT = 30 * MINUTE;
/** As many as GitHub takes for one deployment. */
const MOST_REPORTS = 10;

/**
 * Answers every job of the repository that waits for a protection rule, as the gate is now; those that go on waiting are
 * told why, and are looked at again when the first of them has waited long enough.
 */
export async function answerWaitingDeployments(
  dependencies: HandlerDependencies,
  waiting: Waiting,
): Promise<void> {
  const { database } = dependencies;
  const { repository, policyState, ask } = waiting;
  const wait = policyState.state === "in-force" ? policyState.policy.gate.maxWait : DEFAULT_WAIT;
  const jobs = await listWaitingJobs(database, repository.id);
  for (const job of jobs) {
    const environment = governedName(policyState, job.environment);
    const gate = await ask({ environment, sha: job.sha });
    const endsAt = job.endsAt ?? new Date(job.askedAt.getTime() + wait);
    await saveAnswer(dependencies, repository, { ...job, endsAt }, gate);
  }
  if (jobs.length > 0) await setAlarm(dependencies, repository);
}

/** GitHub takes `Production` and `production` for one environment; the policy's spelling is the one that is asked for. */
function governedName(policyState: PolicyState, asked: string): string {
  const named = policyState.state === "in-force" ? policyState.policy.deploy.environments : [];
  return named.find(({ name }) => name.toLowerCase() === asked.toLowerCase())?.name ?? asked;
}

/** One short transaction. A job that was answered, or asked again, meanwhile is left alone. */
async function saveAnswer(
  { database, queue, clock }: HandlerDependencies,
  repository: RepositoryFacts,
  job: WaitingJob & { readonly endsAt: Date },
  gate: GateAnswer,
): Promise<void> {
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
  await database.transaction(async (transaction) => {
    if (said.answer === "report") {
      const isTold = job.reports < MOST_REPORTS;
      if (!(await noteStillWaiting(transaction, key, job))) return;
      const changed = isTold ? await sendToOutbox(transaction, queue, [effect], at) : [];
      if (changed.length > 0) await noteStillWaiting(transaction, key, { ...job, reports: job.reports + 1 });
      return;
    }
    if (!(await noteAnswered(transaction, key, said.answer, at))) return;
    await sendToOutbox(transaction, queue, [effect], at);
    await appendAudit(transaction, {
      installationId: repository.installationId,
      at,
      record: recordAnswer(repository, job, gate, said),
    });
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

/** The first of those that still wait is looked at again at its end. */
async function setAlarm(
  { database }: Pick<HandlerDependencies, "database">,
  { id: repositoryId }: RepositoryFacts,
): Promise<void> {
  const key = `waiting:${repositoryId}`;
  await database.transaction(async (transaction) => {
    const ends = (await listWaitingJobs(transaction, repositoryId)).flatMap(({ endsAt }) =>
      endsAt === null ? [] : [endsAt.getTime()],
    );
    if (ends.length === 0) return await dropDeadline(transaction, key);
    const dueAt = new Date(Math.min(...ends));
    await setDeadline(transaction, { key, repositoryId, subject: { kind: "gate", repositoryId }, dueAt });
  });
}
