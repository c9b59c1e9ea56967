import type { DeferredCheckPolicy, OverridePolicy, Policy } from "./policy.ts";
import { selectorText } from "./selector-text.ts";

/** One way in which a policy asks for less than the one that open cases and halts stand on. */
export type Loosening =
  | { readonly what: "deleted" | "mode" | "trunk" | "allow" | "four-eyes" | "reason" | "max" | "expires" }
  | { readonly what: "environment"; readonly name: string }
  | { readonly what: "check-dropped" | "check-looser"; readonly name: string };

/** What open cases and halts stand on while somebody authorised has not accepted less. */
export interface Standing {
  /** The stricter of both, part by part. */
  readonly policy: Policy;
  /** What waits for `/holdpoint accept-policy`; empty: nothing. */
  readonly loosened: readonly Loosening[];
}

/**
 * Compares the policy as it is with the accepted one (J9). What is stricter now counts at once; what is looser
 * waits. `current` is null where the files were deleted.
 */
export function standOn(accepted: Policy, current: Policy | null): Standing {
  if (current === null) return { policy: accepted, loosened: [{ what: "deleted" }] };
  const loosened: Loosening[] = [];
  const mode = accepted.mode === "enforce" ? "enforce" : current.mode;
  if (mode !== current.mode) loosened.push({ what: "mode" });
  // Another trunk shows other results: a red one could be left behind on it.
  if (accepted.trunk !== current.trunk && accepted.deferred.checks.length > 0)
    loosened.push({ what: "trunk" });
  const trunk = loosened.some(({ what }) => what === "trunk") ? accepted.trunk : current.trunk;
  const environments = keepEnvironments(accepted, current, loosened);
  const checks = keepChecks(accepted.deferred.checks, current.deferred.checks, loosened);
  const override = keepOverride(accepted.override, current.override, loosened);
  return {
    policy: {
      ...current,
      mode,
      trunk,
      deploy: { ...current.deploy, environments },
      deferred: { ...current.deferred, checks },
      override,
    },
    loosened,
  };
}

/** An environment that is no longer named is not governed any more: what holds there would hold nothing. */
function keepEnvironments(
  accepted: Policy,
  current: Policy,
  loosened: Loosening[],
): Policy["deploy"]["environments"] {
  const named = new Set(current.deploy.environments.map(({ name }) => name));
  const dropped = accepted.deploy.environments.filter(({ name }) => !named.has(name));
  loosened.push(...dropped.map(({ name }) => ({ what: "environment", name }) as const));
  return [...current.deploy.environments, ...dropped];
}

function keepChecks(
  accepted: readonly DeferredCheckPolicy[],
  current: readonly DeferredCheckPolicy[],
  loosened: Loosening[],
): readonly DeferredCheckPolicy[] {
  const before = new Map(accepted.map((check) => [check.name, check]));
  const kept = current.map((check) => {
    const old = before.get(check.name);
    before.delete(check.name);
    if (old === undefined || !isCheckLooser(old, check)) return check;
    loosened.push({ what: "check-looser", name: check.name });
    return { ...old, owners: check.owners };
  });
  const dropped = [...before.values()];
  loosened.push(...dropped.map(({ name }) => ({ what: "check-dropped", name }) as const));
  return [...kept, ...dropped];
}

function isCheckLooser(before: DeferredCheckPolicy, after: DeferredCheckPolicy): boolean {
  return (
    selectorText(before.match) !== selectorText(after.match) ||
    after.grace > before.grace ||
    after.verifyGrace > before.verifyGrace ||
    after.confirm > before.confirm ||
    isNarrower(before.environments, after.environments) ||
    after.events.some((event) => !before.events.includes(event))
  );
}

/** null stands for all. */
function isNarrower(before: readonly string[] | null, after: readonly string[] | null): boolean {
  if (after === null) return false;
  return before === null || before.some((name) => !after.includes(name));
}

function keepOverride(before: OverridePolicy, after: OverridePolicy, loosened: Loosening[]): OverridePolicy {
  const wider = isWider(before.allow, after.allow);
  if (wider) loosened.push({ what: "allow" });
  if (before.fourEyes && !after.fourEyes) loosened.push({ what: "four-eyes" });
  if (before.reason === "required" && after.reason === "optional") loosened.push({ what: "reason" });
  if (after.max > before.max) loosened.push({ what: "max" });
  if (after.expires > before.expires) loosened.push({ what: "expires" });
  return {
    label: after.label,
    allow: wider ? before.allow : after.allow,
    expires: Math.min(before.expires, after.expires),
    max: Math.min(before.max, after.max),
    reason: before.reason === "required" ? "required" : after.reason,
    fourEyes: before.fourEyes || after.fourEyes,
  };
}

/** People may be let in who were not before. Teams and permissions cannot be compared, so that any change between them may. */
function isWider(before: OverridePolicy["allow"], after: OverridePolicy["allow"]): boolean {
  if (before.kind === "permission" && after.kind === "permission") {
    return before.permission === "admin" && after.permission === "write";
  }
  if (before.kind === "teams" && after.kind === "teams") {
    const known = new Set(before.teams.map((team) => team.toLowerCase()));
    return after.teams.some((team) => !known.has(team.toLowerCase()));
  }
  return true;
}
