import type { Fact, RoleIs } from "../fact.ts";

/** What somebody may do in a repository at a moment; whoever was never given a role has none. */
export function roleAt(facts: readonly Fact[], repository: string, login: string, at: Date): RoleIs["role"] {
  const given = facts.findLast(
    (fact) => fact.kind === "role" && fact.repository === repository && fact.login === login && fact.at <= at,
  );
  return given?.kind === "role" ? given.role : "none";
}

/** Lifts, extends, resolves, accepts: with the default policy, admins. */
export function mayLift(facts: readonly Fact[], repository: string, login: string, at: Date): boolean {
  return roleAt(facts, repository, login, at) === "admin";
}

export function mayHalt(facts: readonly Fact[], repository: string, login: string, at: Date): boolean {
  const role = roleAt(facts, repository, login, at);
  return role === "admin" || role === "write";
}
