import type { Subject } from "../domain/subject.ts";
import { upsertRepository } from "../store/repository.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/** Learns every repository of an installation and asks for a look at each. */
export async function reconcileInstallation(
  { github, database, queue, clock }: HandlerDependencies,
  subject: Extract<Subject, { kind: "installation" }>,
): Promise<void> {
  const repositories = await github.listRepositories(subject.installationId);
  const at = clock.now();
  await database.transaction(async (transaction) => {
    for (const repository of repositories) await upsertRepository(transaction, repository, at);
    await queue.enqueue(
      transaction,
      repositories
        .filter(({ archived }) => !archived)
        .map(({ id }) => ({
          kind: "look",
          data: { subject: { kind: "repository", repositoryId: id }, because: "installation" },
        })),
    );
  });
}
