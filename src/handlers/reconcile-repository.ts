import type { RepositoryFacts } from "../domain/model.ts";
import type { Subject } from "../domain/subject.ts";
import { githubListsWhatItHides } from "../domain/wording/github.ts";
import { Fault } from "../errors.ts";
import type { ReadsInstallations } from "../ports.ts";
import { listUndoneEffects } from "../store/effect.ts";
import {
  findActiveRepository,
  markReconciled,
  markRepositoryGone,
  upsertRepository,
} from "../store/repository.ts";
import { listOpenSubjects } from "../store/subject.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/** An effect that is not true after this long has lost its job: it is asked for again. */
const PATIENCE = 5 * 60_000;

/**
 * Compares what is stored with what GitHub has, and asks for everything that may have been missed: a lost
 * webhook costs minutes, never an answer.
 */
export async function reconcileRepository(
  { github, database, queue, clock, log }: HandlerDependencies,
  subject: Extract<Subject, { kind: "repository" }>,
): Promise<void> {
  const { repositoryId } = subject;
  const known = await findActiveRepository(database, repositoryId);
  if (known === null) return;
  const now = await github.readRepository(known.installationId, repositoryId);
  if (now.state === "missing") {
    await insistOnAbsence(github, known);
    await markRepositoryGone(database, repositoryId, "removed", clock.now());
    log.warn("the repository is no longer visible to the App", {
      repository: repositoryId,
      detail: now.detail,
    });
    return;
  }
  const at = clock.now();
  const openPullRequests = now.state === "known" ? await github.readOpenPullRequests(now.value) : now;
  const pullRequests: readonly Subject[] =
    openPullRequests.state === "known"
      ? openPullRequests.value.map(({ number }) => ({ kind: "pull-request", repositoryId, number }))
      : [];
  const stored = await listOpenSubjects(database, repositoryId);
  const undone = await listUndoneEffects(database, repositoryId, new Date(at.getTime() - PATIENCE));
  await database.transaction(async (transaction) => {
    if (now.state === "known") await upsertRepository(transaction, now.value, at);
    await queue.enqueue(transaction, [
      ...[{ kind: "deploy", repositoryId } as const, ...pullRequests, ...stored].map((one) => ({
        kind: "look" as const,
        data: { subject: one, because: "reconciliation" },
      })),
      ...undone.map((target) => ({ kind: "effect" as const, data: { target } })),
    ]);
    await markReconciled(transaction, repositoryId, at);
  });
}

/** One 404 proves nothing: for a moment GitHub answers so for what is there. Throws where its own list has the repository. */
async function insistOnAbsence(
  github: ReadsInstallations,
  { id, installationId }: Pick<RepositoryFacts, "id" | "installationId">,
): Promise<void> {
  const listed = await github.listRepositories(installationId);
  if (!listed.some((repository) => repository.id === id)) return;
  throw new Fault({
    kind: "retry-later",
    code: "github-inconsistent",
    doing: `reading repository ${id}`,
    detail: githubListsWhatItHides(),
  });
}
