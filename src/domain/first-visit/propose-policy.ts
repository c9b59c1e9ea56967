import type { EnvironmentPolicy } from "../policy.ts";
import { observeChecks } from "./observe-checks.ts";
import { type ProposedChecks, proposeChecks } from "./propose-checks.ts";
import { type ProposedTickets, proposeTickets } from "./propose-tickets.ts";
import { DEPLOY_BRANCHES, foundIn, LIVE_BRANCHES, type Survey } from "./survey.ts";
import { isWritable } from "./writable.ts";

/** A policy for one repository, before it is a text. It observes: whoever commits it sees first what it would hold. */
export interface Proposal {
  /** The first is the main one; empty: nothing says what is live. */
  readonly environments: readonly EnvironmentPolicy[];
  /** null: the trunk. */
  readonly deployBranch: string | null;
  readonly tickets: ProposedTickets;
  readonly checks: ProposedChecks;
  /** Milliseconds. */
  readonly grace: number;
}

const GRACE = 72 * 3_600_000;
const MOST_ENVIRONMENTS = 5;
const LONGEST = 100;
const LIKE_PRODUCTION = /^(?:production|prod|live)\b|\b(?:production|prod|live)$/i;
const LIKE_STAGING = /^(?:staging|stage|preprod|pre-production|uat|canary)\b/i;

export function proposePolicy(survey: Survey): Proposal {
  const environments = proposeEnvironments(survey);
  const chain = survey.trunk.state === "known" ? survey.trunk.value : null;
  const checks =
    chain === null ? { required: [], deferred: [] } : proposeChecks(observeChecks(chain), observed(chain));
  return {
    environments,
    deployBranch: proposeDeployBranch(survey, environments),
    tickets: proposeTickets(survey),
    checks,
    grace: GRACE,
  };
}

/** Commits that anything was said about: the newest of them may be a minute old. */
function observed({ results }: { readonly results: readonly { readonly sha: string }[] }): number {
  return new Set(results.map(({ sha }) => sha)).size;
}

/**
 * What is live is known best from deployments that succeeded, then from a branch that follows them, then from an environment that
 * nothing was deployed to yet. Without any of them there is no environment, and only halts hold.
 */
function proposeEnvironments({ environments, live, branches }: Survey): readonly EnvironmentPolicy[] {
  const found = foundIn(environments).filter((name) => isWritable(name, LONGEST));
  const byDeployment = (name: string): EnvironmentPolicy => ({
    name,
    base: { kind: "deployment", environment: name },
  });
  const deployed = found.filter((name) => live.includes(name));
  const main = deployed.find((name) => LIKE_PRODUCTION.test(name));
  const branch = LIVE_BRANCHES.find((name) => foundIn(branches).includes(name));
  const promised = found.find((name) => LIKE_PRODUCTION.test(name));
  const first = [
    ...(main === undefined ? [] : [byDeployment(main)]),
    ...(branch === undefined ? [] : [{ name: "production", base: { kind: "branch", branch } } as const]),
    ...(promised === undefined ? [] : [byDeployment(promised)]),
  ].slice(0, 1);
  const others = deployed.filter((name) => LIKE_STAGING.test(name) || first.length === 0).map(byDeployment);
  return onlyOnce([...first, ...others]).slice(0, MOST_ENVIRONMENTS);
}

/** By name, whatever the case. */
function onlyOnce(environments: readonly EnvironmentPolicy[]): readonly EnvironmentPolicy[] {
  const seen = new Set<string>();
  return environments.filter(({ name }) => {
    const key = name.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A branch called `deploy` is what goes out next, where something else says what is live. */
function proposeDeployBranch(
  { branches, defaultBranch }: Survey,
  environments: readonly EnvironmentPolicy[],
): string | null {
  if (environments.length === 0) return null;
  const found = DEPLOY_BRANCHES.find((name) => foundIn(branches).includes(name));
  return found === undefined || found === defaultBranch ? null : found;
}
