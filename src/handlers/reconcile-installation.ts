import type { Subject } from "../domain/subject.ts";
import {
  listStoredRepositories,
  markRepositoryGone,
  type StoredRepository,
  upsertRepository,
} from "../store/repository.ts";
import { voidCases } from "../store/void-cases.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/**
 * Learns every repository of an installation and asks for a look at each. Those that are stored and no longer listed are
 * gone; the cases of one that was deleted end, those of one that was taken out of the installation wait for its return.
 */
export async function reconcileInstallation(
  { github, database, queue, clock, log }: HandlerDependencies,
  subject: Extract<Subject, { kind: "installation" }>,
): Promise<void> {
  const { installationId } = subject;
  const repositories = await github.listRepositories(installationId);
  const stored = await listStoredRepositories(database, installationId);
  const absent = stored.filter(({ facts }) => repositories.every(({ id }) => id !== facts.id));
  const at = clock.now();
  await database.transaction(async (transaction) => {
    // Whether one is archived is for the look at it to find: that ends cases.
    const archived = new Set(stored.flatMap(({ facts }) => (facts.archived ? [facts.id] : [])));
    for (const one of repositories) {
      const known = stored.some(({ facts }) => facts.id === one.id);
      await upsertRepository(transaction, known ? { ...one, archived: archived.has(one.id) } : one, at);
    }
    for (const { facts } of absent) await markRepositoryGone(transaction, facts.id, "removed", at);
    await queue.enqueue(
      transaction,
      repositories
        .filter(({ id, archived: isArchived }) => !isArchived || !archived.has(id))
        .map(({ id }) => ({
          kind: "look",
          data: { subject: { kind: "repository", repositoryId: id }, because: "installation" },
        })),
    );
    for (const { facts } of absent.filter(isDeleted)) {
      await voidCases(transaction, facts.id, "deleted", at);
    }
  });
  for (const { facts } of absent.filter(({ gone }) => gone === null)) {
    log.warn("a repository is no longer listed by GitHub", { repository: facts.id });
  }
}

function isDeleted({ gone }: StoredRepository): boolean {
  return gone === "deleted";
}
