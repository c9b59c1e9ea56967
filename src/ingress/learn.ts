import type { Transaction } from "../database/database.ts";
import type { DomainEvent } from "../domain/event.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import type { Subject } from "../domain/subject.ts";
import { keepGranted, upsertInstallation } from "../store/installation.ts";
import { noteWaitingDeployment } from "../store/waiting-deployment.ts";
import { findRepository, markRepositoryGone, upsertRepository } from "../store/repository.ts";

/**
 * Remembers what an event tells of repositories and installations. Answers what must be read again from GitHub
 * because the event contradicts what is stored: deliveries come late, out of order, and twice, so that neither
 * of the two is known to be the newer one.
 */
export async function learn(
  transaction: Transaction,
  event: DomainEvent,
  at: Date,
): Promise<readonly Subject[]> {
  if (event.kind === "repository-gone") {
    await markRepositoryGone(transaction, event.repositoryId, event.because, at);
    // What follows for its cases is decided when GitHub's own list says so, too.
    const known = event.because === "deleted" ? await findRepository(transaction, event.repositoryId) : null;
    return known === null ? [] : [{ kind: "installation", installationId: known.facts.installationId }];
  }
  if (event.kind === "installation-changed") {
    const { installationId: id, account, state, granted } = event;
    await upsertInstallation(transaction, { id, account, state }, at);
    if (granted !== undefined) await keepGranted(transaction, id, granted);
  }
  const again = "repository" in event ? await learnRepository(transaction, event.repository, at) : [];
  if (event.kind === "deployment-asked") {
    const { repository, runId, environment, sha, callbackUrl } = event;
    // GitHub asks once: kept with the delivery, it is answered whatever happens to the job that looks.
    await noteWaitingDeployment(transaction, {
      repositoryId: repository.id,
      runId,
      environment,
      sha,
      callbackUrl,
      askedAt: at,
    });
  }
  return again;
}

async function learnRepository(
  transaction: Transaction,
  told: RepositoryFacts,
  at: Date,
): Promise<readonly Subject[]> {
  const known = await findRepository(transaction, told.id);
  if (known === null) {
    // The signature and the App's id say that it is ours: GitHub merely told us of it for the first time.
    await upsertRepository(transaction, told, at);
    return [];
  }
  if (known.gone !== null || known.facts.installationId !== told.installationId) {
    return [{ kind: "installation", installationId: told.installationId }];
  }
  if (isSame(known.facts, told)) return [];
  // Whether it is archived ends cases: an old body that comes once more must not do that, GitHub is read.
  await upsertRepository(transaction, { ...told, archived: known.facts.archived }, at);
  return [{ kind: "repository", repositoryId: told.id }];
}

function isSame(one: RepositoryFacts, other: RepositoryFacts): boolean {
  return (
    one.owner === other.owner &&
    one.name === other.name &&
    one.defaultBranch === other.defaultBranch &&
    one.private === other.private &&
    one.archived === other.archived
  );
}
