import type { Policy, PolicyState } from "../domain/policy.ts";
import { type Loosening, standOn } from "../domain/policy-loosened.ts";
import { parsePolicyOnce } from "../policy/parse-policy-once.ts";
import type { PolicyOptions } from "../policy/parse-policy.ts";
import type { PolicyGround } from "../store/accepted-policy.ts";
import type { StoredPolicy } from "../store/policy.ts";

export interface StandingRead {
  /** What open cases, halts, and who may lift them stand on; null: there is no policy, and nothing stands on one. */
  readonly standing: Policy | null;
  /** What waits for `/holdpoint accept-policy`. */
  readonly loosened: readonly Loosening[];
  readonly memory:
    | { readonly kind: "keep" | "forget" }
    | { readonly kind: "accept"; readonly texts: StoredPolicy };
}

/**
 * Decides what open cases and halts stand on (J9). `texts` are those of the policy in force; null: there are no files. A policy that
 * cannot be used loosens nothing.
 */
export function readStanding(
  policyState: PolicyState,
  texts: StoredPolicy | null,
  { accepted, bound }: PolicyGround,
  options: PolicyOptions = {},
): StandingRead {
  const current = policyState.state === "in-force" ? policyState.policy : null;
  const before = accepted === null ? null : parseTexts(accepted, options);
  if (policyState.state === "unusable") {
    return { standing: before, loosened: [], memory: { kind: "keep" } };
  }
  if (before !== null && bound) {
    const { policy, loosened } = standOn(before, current);
    if (loosened.length > 0) return { standing: policy, loosened, memory: { kind: "keep" } };
  }
  return {
    standing: current,
    loosened: [],
    memory: current === null || texts === null ? { kind: "forget" } : { kind: "accept", texts },
  };
}

/** What is shown of cases by when no policy is left: all defaults, no checks. */
export function defaultPolicy(options: PolicyOptions = {}): Policy | null {
  return parsePolicyOnce({ organisation: null, repository: "" }, options).policy;
}

function parseTexts({ text, organisationText }: StoredPolicy, options: PolicyOptions): Policy | null {
  return parsePolicyOnce({ organisation: organisationText, repository: text }, options).policy;
}
