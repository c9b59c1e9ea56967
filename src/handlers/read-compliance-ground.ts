import type { Reading, RepositoryFacts, RepositoryId } from "../domain/model.ts";
import type { Policy, PolicyState } from "../domain/policy.ts";
import { Fault } from "../errors.ts";
import { readPolicy } from "../snapshot/read-policy.ts";
import { readStanding } from "../snapshot/read-standing.ts";
import { readFact } from "../snapshot/reading.ts";
import { findPolicyGround } from "../store/accepted-policy.ts";
import { findStoredPolicy } from "../store/policy.ts";
import { findActiveRepository } from "../store/repository.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { readGround } from "./read-ground.ts";

/** What a look at the deferred checks stands on, read from GitHub or, while that cannot be read, from what is stored. */
export interface ComplianceGround {
  readonly repository: RepositoryFacts;
  readonly policyState: PolicyState;
  /** What open cases stand on; null: nothing. */
  readonly standing: Policy | null;
  /** null: it was read. Else why it could not be. */
  readonly unread: Extract<Reading<never>, { state: "unknown" }> | null;
}

/**
 * A case must not stay open past its deadline only because GitHub does not answer: what is stored is enough to say that its
 * expiry is unverified. null: nothing may be done for the repository.
 */
export async function readComplianceGround(
  dependencies: Pick<HandlerDependencies, "github" | "database" | "queue" | "clock" | "hour">,
  repositoryId: RepositoryId,
): Promise<ComplianceGround | null> {
  const read = await readFact(async () => ({
    state: "known",
    value: await readGround(dependencies, repositoryId),
  }));
  if (read.state === "known") return read.value === null ? null : { ...read.value, unread: null };
  if (read.state === "missing") throw neverMissing();
  const { database, hour } = dependencies;
  const repository = await findActiveRepository(database, repositoryId);
  if (repository === null) return null;
  const stored = await findStoredPolicy(database, repositoryId);
  const outline = { policyFile: read, organisationPolicyFile: read };
  const { state: policyState } = readPolicy(outline, stored, { hour });
  const ground = await findPolicyGround(database, repositoryId);
  const { standing } = readStanding(policyState, stored, ground, { hour });
  return { repository, policyState, standing, unread: read };
}

function neverMissing(): Fault {
  return new Fault({ kind: "never-retry", code: "unexpected", doing: "reading a repository's ground" });
}
