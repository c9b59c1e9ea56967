import type { Queryable } from "../database/database.ts";
import type { RepositoryId } from "../domain/model.ts";
import type { Policy, PolicyState } from "../domain/policy.ts";
import { parsePolicyOnce } from "../policy/parse-policy-once.ts";
import type { PolicyOptions } from "../policy/parse-policy.ts";
import { findPolicyGround } from "../store/accepted-policy.ts";
import { type StoredPolicy, findStoredPolicy } from "../store/policy.ts";
import { readStanding } from "./read-standing.ts";

/** The policy that the gate answers by. */
export interface GatePolicy {
  readonly policy: Policy | null;
  readonly noPolicy: "none" | "unusable" | null;
  /** J9: what open cases and halts stand on while a looser policy waits to be accepted; null: the one in force. */
  readonly heldTo: Policy | null;
}

export interface StoredPolicies {
  /** `key` changes whenever the stored texts do. */
  readonly find: (repositoryId: RepositoryId, key: string) => Promise<GatePolicy>;
}

const REMEMBERED = 2_000;

/** Parsing takes milliseconds, an answer must take less: the policy of each repository is parsed once. */
export function createStoredPolicies(database: Queryable, options: PolicyOptions): StoredPolicies {
  const remembered = new Map<RepositoryId, { readonly key: string; readonly policy: GatePolicy }>();
  return {
    async find(repositoryId, key) {
      const known = remembered.get(repositoryId);
      if (known?.key === key) return known.policy;
      const { policy } = await readStoredPolicy(database, repositoryId, options);
      remembered.delete(repositoryId);
      remembered.set(repositoryId, { key, policy });
      for (const oldest of remembered.keys()) {
        if (remembered.size <= REMEMBERED) break;
        remembered.delete(oldest);
      }
      return policy;
    },
  };
}

/** The last good policy as it is stored, and what holds stand on. */
export async function readStoredPolicy(
  database: Queryable,
  repositoryId: RepositoryId,
  options: PolicyOptions,
): Promise<{ readonly state: PolicyState; readonly policy: GatePolicy }> {
  const stored = await findStoredPolicy(database, repositoryId);
  const { accepted } = await findPolicyGround(database, repositoryId);
  const state = stateOf(stored, options);
  // Whether anything is bound is known when the answer is given: without cases and halts this decides nothing.
  const { standing, loosened } = readStanding(state, stored, { accepted, bound: true }, options);
  const heldTo = loosened.length > 0 || state.state === "unusable" ? standing : null;
  return { state, policy: gatePolicyOf(state, heldTo) };
}

export function gatePolicyOf(state: PolicyState, heldTo: Policy | null): GatePolicy {
  return state.state === "in-force"
    ? { policy: state.policy, noPolicy: null, heldTo }
    : { policy: null, noPolicy: state.state, heldTo };
}

function stateOf(stored: StoredPolicy | null, options: PolicyOptions): PolicyState {
  if (stored === null) return { state: "none" };
  const { text, organisationText, sha, organisationSha } = stored;
  const unusable = { state: "unusable", problems: [], why: "invalid", ownFile: text !== null } as const;
  if (text === null && organisationText === null) return unusable;
  const { policy } = parsePolicyOnce({ organisation: organisationText, repository: text }, options);
  if (policy === null) return unusable;
  const source = { sha: sha ?? organisationSha ?? "", organisationSha };
  return { state: "in-force", policy, source, problems: [], stale: "no" };
}
