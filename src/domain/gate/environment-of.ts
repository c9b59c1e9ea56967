import type { EnvironmentPolicy, Policy } from "../policy.ts";
import { isSameEnvironment } from "./stop.ts";

/** What the environment is called where the policy names none at all. */
const UNNAMED = "production";

/** The environment as the policy writes it; the main one where none is named. null: the policy does not name it. */
export function environmentOf(policy: Policy, name: string | null): EnvironmentPolicy | null {
  const { environments } = policy.deploy;
  const found =
    name === null ? environments[0] : environments.find((one) => isSameEnvironment(one.name, name));
  return found ?? null;
}

/** The name under which the gate answers. */
export function environmentName(policy: Policy | null, name: string | null): string {
  const found = policy === null ? null : environmentOf(policy, name);
  return found?.name ?? name ?? UNNAMED;
}

/** Whether the policy says anything about the environment; one that names none lets holds decide for every environment. */
export function governs(policy: Policy | null, name: string | null): policy is Policy {
  if (policy === null) return false;
  return policy.deploy.environments.length === 0 || environmentOf(policy, name) !== null;
}
