import * as wording from "../wording/gate.ts";
import type { GateFacts } from "./gate.ts";
import { isSameEnvironment, type Stop } from "./stop.ts";

/** Without a policy, or for an environment that it does not name, nobody knows. */
export function policyStops({
  policy,
  noPolicy,
  environment,
}: Pick<GateFacts, "policy" | "noPolicy" | "environment">): readonly Stop[] {
  if (policy === null) {
    return noPolicy === "unusable"
      ? [stop("policy-unusable", wording.policyUnusable(), wording.whoMendsThePolicy())]
      : [stop("no-policy", wording.noPolicy(), wording.whoWritesAPolicy())];
  }
  const { environments } = policy.deploy;
  if (environments.length === 0) return [];
  if (environments.some(({ name }) => isSameEnvironment(name, environment))) return [];
  const names = environments.map(({ name }) => name);
  return [
    stop(
      "environment-not-in-policy",
      wording.environmentNotInPolicy(environment, names),
      wording.whoNamesAnEnvironment(),
    ),
  ];
}

function stop(code: string, message: string, who: string): Stop {
  const reason = { kind: "policy", code, message, since: null, until: null, who, url: null } as const;
  return { gate: "unknown", from: { kind: "ground" }, reason };
}
