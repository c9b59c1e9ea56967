import type { RepositoryFacts, RepositoryId } from "../domain/model.ts";
import type { PolicyState } from "../domain/policy.ts";
import { readPolicy } from "../snapshot/read-policy.ts";
import {
  type StoredPolicy,
  findStoredPolicy,
  forgetPolicy,
  notePolicyProblems,
  storePolicy,
} from "../store/policy.ts";
import { findActiveRepository, upsertRepository } from "../store/repository.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/** What every look at a repository stands on. */
export interface Ground {
  readonly repository: RepositoryFacts;
  readonly squashOnly: boolean;
  readonly policyState: PolicyState;
}

/**
 * Reads the repository and its policy as they are now, and remembers both: new names, and the policy that
 * stays in force while a newer one cannot be read. null: nothing may be done for it.
 */
export async function readGround(
  dependencies: Pick<HandlerDependencies, "github" | "database" | "queue" | "clock">,
  repositoryId: RepositoryId,
): Promise<Ground | null> {
  const { github, database, clock } = dependencies;
  const known = await findActiveRepository(database, repositoryId);
  if (known === null) return null;
  const outline = await github.readOutline(known);
  const stored = await findStoredPolicy(database, repositoryId);
  const { state: policyState, memory } = readPolicy(outline, stored);
  const at = clock.now();
  await upsertRepository(database, outline.repository, at);
  if (outline.repository.archived) return null;
  switch (memory.kind) {
    case "keep":
      await keepPolicy(dependencies, repositoryId, memory.policy, stored);
      break;
    case "note":
      await notePolicyProblems(database, repositoryId, memory.stale, memory.problems, at);
      break;
    case "forget":
      if (stored !== null) await forgetPolicy(database, repositoryId);
      break;
  }
  return { repository: outline.repository, squashOnly: outline.squashOnly, policyState };
}

/** Keeps a good policy; where it is another one than before, everything that was judged by that one is looked at again. */
async function keepPolicy(
  { database, queue, clock }: Pick<HandlerDependencies, "database" | "queue" | "clock">,
  repositoryId: RepositoryId,
  policy: StoredPolicy,
  before: StoredPolicy | null,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await storePolicy(transaction, repositoryId, policy, clock.now());
    if (policy.text === before?.text && policy.organisationText === before.organisationText) return;
    const subject = { kind: "repository", repositoryId } as const;
    await queue.enqueue(transaction, [{ kind: "look", data: { subject, because: "the policy changed" } }]);
  });
}
