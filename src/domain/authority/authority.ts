import type { Reading } from "../model.ts";
import type { OverridePolicy } from "../policy.ts";

/** The base of somebody's role in a repository, whatever the role is called. */
export type BasePermission = "admin" | "write" | "read" | "none";

/** What somebody may do, as GitHub says now. */
export interface Authority {
  readonly login: string;
  /** Halting needs that: admin and write have it. */
  readonly mayWrite: boolean;
  /** Lifting needs that: `override.allow`. Never true by a failure. */
  readonly mayLift: boolean;
  /** One of the policy's teams that is not there or cannot be read, and that could have made it a yes; null: none. */
  readonly unreadTeam: string | null;
}

/** What GitHub said of somebody and one of the policy's teams. */
export interface TeamAnswer {
  /** `org/slug` */
  readonly team: string;
  readonly membership: Reading<"active" | "pending" | "none">;
}

/** Who may do what, by what was read of them. Members of teams count once they have accepted. */
export function authorityOf(
  allow: OverridePolicy["allow"],
  login: string,
  permission: BasePermission,
  teams: readonly TeamAnswer[],
): Authority {
  const mayWrite = permission === "admin" || permission === "write";
  if (allow.kind === "permission") {
    const mayLift = permission === "admin" || (allow.permission === "write" && mayWrite);
    return { login, mayWrite, mayLift, unreadTeam: null };
  }
  const mayLift = teams.some(
    ({ membership }) => membership.state === "known" && membership.value === "active",
  );
  const unread = mayLift ? undefined : teams.find(({ membership }) => membership.state !== "known");
  return { login, mayWrite, mayLift, unreadTeam: unread?.team ?? null };
}
