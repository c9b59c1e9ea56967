import type { Fact, RoleIs } from "../fact.ts";
import type { Sure } from "../judgement.ts";

/** Lifts, extends, resolves, accepts: with the default policy, admins. */
export function mayLift(facts: readonly Fact[], said: Saying): Sure {
  return isOneOf(["admin"], facts, said);
}

export function mayHalt(facts: readonly Fact[], said: Saying): Sure {
  return isOneOf(["admin", "write"], facts, said);
}

interface Saying {
  readonly repository: string;
  readonly by: string;
  readonly at: Date;
}

/**
 * The role counts at the moment in which Holdpoint reads it, which is some time between what somebody did and the next quiet
 * moment: only who had the right all that time surely had it. Whoever was never given a role has none.
 */
function isOneOf(
  wanted: readonly RoleIs["role"][],
  facts: readonly Fact[],
  { repository, by, at }: Saying,
): Sure {
  const until = facts.find((fact) => fact.kind === "quiet" && fact.at > at)?.at ?? null;
  let before: RoleIs["role"] = "none";
  const during: RoleIs["role"][] = [];
  for (const fact of facts) {
    if (fact.kind !== "role" || fact.repository !== repository || fact.login !== by) continue;
    if (fact.at <= at) before = fact.role;
    else if (until === null || fact.at <= until) during.push(fact.role);
  }
  const had = [before, ...during].map((role) => wanted.includes(role));
  if (had.every(Boolean)) return "yes";
  return had.some(Boolean) ? "maybe" : "no";
}
