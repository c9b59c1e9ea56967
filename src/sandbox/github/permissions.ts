import type { Account, Repository, Role } from "./model.ts";

/** The role in a repository. Owners are administrators; anybody may read what is public. */
export function roleOf(repository: Repository, account: Account): Role {
  if (account.id === repository.owner.id) return "admin";
  return repository.roles.get(account.id) ?? (repository.private ? "none" : "read");
}

/** What the permission endpoint says: `maintain` counts as write there, `triage` as read. */
export function basePermission(role: Role): "admin" | "write" | "read" | "none" {
  if (role === "maintain") return "write";
  return role === "triage" ? "read" : role;
}

/** What a role lets somebody do, one word for each step. */
export function rolesOf(role: Role): Readonly<Record<string, boolean>> {
  const has = (...roles: readonly Role[]): boolean => roles.includes(role);
  return {
    admin: has("admin"),
    maintain: has("admin", "maintain"),
    push: has("admin", "maintain", "write"),
    triage: has("admin", "maintain", "write", "triage"),
    pull: !has("none"),
  };
}

export function mayWrite(repository: Repository, account: Account): boolean {
  return ["admin", "maintain", "write"].includes(roleOf(repository, account));
}

export function mayTriage(repository: Repository, account: Account): boolean {
  return roleOf(repository, account) === "triage" || mayWrite(repository, account);
}
