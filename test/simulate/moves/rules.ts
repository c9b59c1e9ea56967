import type { SimulatedPolicy } from "../fact.ts";
import { FIRST_POLICY, policyText } from "../policy-text.ts";
import { HOUSEKEEPING, PEOPLE } from "../town.ts";
import type { MoveContext } from "./context.ts";
import { commitToTrunk } from "./commits.ts";

/** Another policy, as people change it: a little at a time. */
export async function changePolicy(context: MoveContext): Promise<void> {
  const { town, dice, place, index } = context;
  const policy: SimulatedPolicy = {
    ...FIRST_POLICY,
    mode: dice.chance(0.85) ? "enforce" : "observe",
    graceHours: dice.pick([24, 48, 72, 72, 96]),
    confirm: dice.pick([1, 1, 1, 2]),
    checks: dice.chance(0.85) ? FIRST_POLICY.checks : FIRST_POLICY.checks.slice(0, 1),
    riskRequired: dice.chance(0.8),
    slack: place().policy.slack,
  };
  await commitToTrunk(context, {
    subject: `${HOUSEKEEPING}: Change the policy`,
    carries: [HOUSEKEEPING],
    files: { ".github/holdpoint.yml": policyText(policy) },
  });
  town.note({ kind: "policy", repository: place().name, policy });
  town.change(index, { policy });
}

/** Somebody gets other rights, or leaves; admin stays, or nobody could do anything. */
export async function changeRole(context: MoveContext): Promise<void> {
  const { town, dice, place } = context;
  const { login } = dice.pick(PEOPLE.slice(1));
  const role = dice.pick(["admin", "write", "read", "none"] as const);
  await town.outside.github.control.setPermission({ repository: place().name, login, role });
  town.note({ kind: "role", repository: place().name, login, role });
}
