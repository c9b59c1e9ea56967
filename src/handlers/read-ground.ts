import type { RepositoryFacts, RepositoryId } from "../domain/model.ts";
import type { Policy, PolicyState } from "../domain/policy.ts";
import type { Loosening } from "../domain/policy-loosened.ts";
import { watchOf } from "../domain/watch.ts";
import { readPolicy } from "../snapshot/read-policy.ts";
import { readStanding, type StandingRead } from "../snapshot/read-standing.ts";
import {
  acceptPolicy,
  findPolicyGround,
  forgetAcceptedPolicy,
  noteWaitingPolicy,
} from "../store/accepted-policy.ts";
import {
  type StoredPolicy,
  findStoredPolicy,
  forgetPolicy,
  notePolicyProblems,
  storePolicy,
} from "../store/policy.ts";
import { findActiveRepository, upsertRepository } from "../store/repository.ts";
import { keepWatch } from "../store/watch.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { tellOfLoosening } from "./tell-of-loosening.ts";

/** What every look at a repository stands on. */
export interface Ground {
  readonly repository: RepositoryFacts;
  readonly squashOnly: boolean;
  /** As it is now. */
  readonly policyState: PolicyState;
  /**
   * What open cases, halts and who may lift them stand on: the policy in force, or, part by part, the stricter one
   * before it while nobody authorised has accepted less. null: nothing stands on anything.
   */
  readonly standing: Policy | null;
  /** What waits for `/holdpoint accept-policy`; empty: nothing. */
  readonly loosened: readonly Loosening[];
  /** When those texts that wait were first read; null: nothing waits. */
  readonly waitingSince: Date | null;
  /** The texts of the policy in force; null: there are no files. */
  readonly texts: StoredPolicy | null;
}

/**
 * Reads the repository and its policy as they are now, and remembers both: new names, and the policy that
 * stays in force while a newer one cannot be read. null: nothing may be done for it.
 */
export async function readGround(
  dependencies: Pick<HandlerDependencies, "github" | "database" | "queue" | "clock" | "hour">,
  repositoryId: RepositoryId,
): Promise<Ground | null> {
  const { github, database, queue, clock, hour } = dependencies;
  const known = await findActiveRepository(database, repositoryId);
  if (known === null) return null;
  const outline = await github.readOutline(known);
  const stored = await findStoredPolicy(database, repositoryId);
  const { state: policyState, memory } = readPolicy(outline, stored, { hour });
  const at = clock.now();
  await upsertRepository(database, outline.repository, at);
  if (outline.repository.archived) {
    // What follows for its cases is decided there.
    await database.transaction((transaction) =>
      queue.enqueue(transaction, [
        {
          kind: "look",
          data: { subject: { kind: "repository", repositoryId }, because: "the repository is archived" },
        },
      ]),
    );
    return null;
  }
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
  const texts = memory.kind === "keep" ? memory.policy : memory.kind === "note" ? stored : null;
  const { standing, loosened } = await standFirm(dependencies, repositoryId, policyState, texts);
  const { repository, squashOnly } = outline;
  let waitingSince: Date | null = null;
  if (standing !== null && loosened.length > 0) {
    waitingSince = await noteWaitingPolicy(database, repositoryId, texts, at);
    await tellOfLoosening(dependencies, repositoryId, { standing, loosened, waitingSince });
  }
  await keepWatch(database, repositoryId, watchOf(policyState, repository), at);
  return { repository, squashOnly, policyState, standing, loosened, waitingSince, texts };
}

/** What open cases and halts stand on; a policy that asks for no less than before is accepted by itself. */
async function standFirm(
  { database, clock, hour }: Pick<HandlerDependencies, "database" | "clock" | "hour">,
  repositoryId: RepositoryId,
  policyState: PolicyState,
  texts: StoredPolicy | null,
): Promise<StandingRead> {
  const ground = await findPolicyGround(database, repositoryId);
  const read = readStanding(policyState, texts, ground, { hour });
  const { memory } = read;
  if (memory.kind === "forget" && ground.accepted !== null)
    await forgetAcceptedPolicy(database, repositoryId);
  if (memory.kind === "accept" && !isSameText(memory.texts, ground.accepted)) {
    await acceptPolicy(database, repositoryId, memory.texts, { by: null, at: clock.now() });
  }
  return read;
}

function isSameText(one: StoredPolicy, other: StoredPolicy | null): boolean {
  return other !== null && one.text === other.text && one.organisationText === other.organisationText;
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
    const subjects = [
      { kind: "repository", repositoryId },
      // Another mode shows other colours, though nothing that was judged has changed.
      { kind: "gate", repositoryId },
    ] as const;
    const because = "the policy changed";
    await queue.enqueue(
      transaction,
      subjects.map((subject) => ({ kind: "look", data: { subject, because } })),
    );
  });
}
