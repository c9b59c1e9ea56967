import type { Queryable } from "../database/database.ts";
import type { RepositoryId } from "../domain/model.ts";
import type { PolicyOptions } from "../policy/parse-policy.ts";
import { type DeployGateFacts, listDeployGateFacts } from "../store/deploy-gate-facts.ts";
import { type ShownGate, shownEnvironments, shownGate } from "./shown-gate.ts";
import { createStoredPolicies, type GatePolicy } from "./stored-policies.ts";

/** The gates of one repository, the main environment's first. */
export interface ShownRepositoryGates {
  readonly stored: DeployGateFacts;
  readonly policy: GatePolicy;
  readonly gates: readonly ShownGate[];
}

export interface ShownGates {
  /** Of as many repositories as wanted, by one query; those of which nothing may be done are left out. */
  readonly read: (
    repositories: readonly RepositoryId[],
    at: Date,
  ) => Promise<ReadonlyMap<RepositoryId, ShownRepositoryGates>>;
}

/** Reads gates for pages; parsed policies are remembered. */
export function createShownGates({
  database,
  githubUrl,
  hour,
}: { readonly database: Queryable; readonly githubUrl: string } & PolicyOptions): ShownGates {
  const policies = createStoredPolicies(database, hour === undefined ? {} : { hour });
  return {
    async read(repositories, at) {
      const found = await listDeployGateFacts(database, repositories, at);
      const read = new Map<RepositoryId, ShownRepositoryGates>();
      for (const [id, stored] of found) {
        const policy = await policies.find(id, stored.policyKey);
        const gates = shownEnvironments(policy).map((environment) =>
          shownGate({ stored, policy, environment, githubUrl, at }),
        );
        read.set(id, { stored, policy, gates });
      }
      return read;
    },
  };
}
