import type { RepositoryFacts } from "./model.ts";
import type { PolicyState } from "./policy.ts";

/** What the policy that was last read wants to hear of. */
export interface Watch {
  /** false: there is no policy in force, and nothing is posted. */
  readonly governed: boolean;
  readonly trunk: string;
  readonly deployBranch: string;
  readonly baseBranches: readonly string[];
  /** Environments whose newest successful deployment is a base. */
  readonly baseEnvironments: readonly string[];
  readonly requiredChecks: boolean;
  readonly deferredChecks: boolean;
  /** The labels of compliance issues and of halts. */
  readonly labels: readonly string[];
}

/** Without a policy in force nothing matters but the default branch, where one would appear. */
export function watchOf(
  state: PolicyState,
  { defaultBranch }: Pick<RepositoryFacts, "defaultBranch">,
): Watch {
  if (state.state !== "in-force") {
    return {
      governed: false,
      trunk: defaultBranch,
      deployBranch: defaultBranch,
      baseBranches: [],
      baseEnvironments: [],
      requiredChecks: false,
      deferredChecks: false,
      labels: [],
    };
  }
  const { trunk, deploy, requiredChecks, deferred, override } = state.policy;
  const bases = deploy.environments.map(({ base }) => base);
  return {
    governed: true,
    trunk: trunk ?? defaultBranch,
    deployBranch: deploy.branch ?? trunk ?? defaultBranch,
    baseBranches: [...new Set(bases.flatMap((base) => (base.kind === "branch" ? [base.branch] : [])))],
    baseEnvironments: [
      ...new Set(bases.flatMap((base) => (base.kind === "deployment" ? [base.environment] : []))),
    ],
    requiredChecks: requiredChecks.length > 0,
    deferredChecks: deferred.checks.length > 0,
    labels: [deferred.label, deferred.haltLabel, override.label],
  };
}
