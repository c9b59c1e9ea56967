import type { RepositoryFacts } from "../domain/model.ts";
import {
  listAnsweredJobs,
  listWaitingJobs,
  noteAnswered,
  noteWaitingDeployment,
} from "../store/waiting-deployment.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/** GitHub's lists lag behind its webhooks: a job that asked just now may not be on them yet. */
const LAG = 2 * 60_000;

/**
 * Compares the jobs that wait at GitHub with those that are known to: GitHub asks once, and a question that was lost would
 * hold its job for thirty days. New ones are kept, with a look at the gate; those that wait no more are forgotten.
 */
export async function findWaitingDeployments(
  { github, database, queue, clock }: Pick<HandlerDependencies, "github" | "database" | "queue" | "clock">,
  repository: RepositoryFacts,
): Promise<void> {
  const { id: repositoryId } = repository;
  const before = clock.now();
  const known = await listWaitingJobs(database, repositoryId);
  const listed = await github.listWaitingDeployments(repository);
  const answered = await listAnsweredJobs(
    database,
    repositoryId,
    listed.map(({ runId }) => runId),
  );
  const missed = listed.filter((job) => {
    if (known.some((one) => isSameJob(one, job))) return false;
    const said = answered.find((one) => isSameJob(one, job));
    // Answered already, it may wait for somebody else; what began after the answer was not meant by it.
    return said === undefined || said.answeredAt < job.startedAt;
  });
  const over = known.filter(
    (job) => before.getTime() - job.askedAt.getTime() >= LAG && !listed.some((one) => isSameJob(one, job)),
  );
  if (missed.length === 0 && over.length === 0) return;
  const at = clock.now();
  await database.transaction(async (transaction) => {
    for (const { startedAt: _, ...job } of missed) {
      await noteWaitingDeployment(transaction, { ...job, repositoryId, askedAt: at });
    }
    for (const job of over) await noteAnswered(transaction, { ...job, repositoryId }, "gone", at);
    if (missed.length === 0) return;
    const subject = { kind: "gate", repositoryId } as const;
    await queue.enqueue(transaction, [{ kind: "look", data: { subject, because: "a deployment waits" } }]);
  });
}

interface Job {
  readonly runId: number;
  readonly environment: string;
}

function isSameJob(one: Job, other: Job): boolean {
  return one.runId === other.runId && one.environment.toLowerCase() === other.environment.toLowerCase();
}
