import type { Reading } from "../model.ts";
import type { OverridePolicy } from "../policy.ts";

/** The base of somebody's role in a repository, whatever the role is called. */
export type BasePermission = "admin" | "write" | "read" | "none";

/** What somebody may do, as GitHub says now. */
export interface Authority {
  readonly login: string;
  /** Halting needs that: admin and write have it. */
  readonly mayWrite: boolean;
  /** Lifting needs that: `override.allow`. */
  readonly mayLift: boolean;
}

/** What GitHub said of somebody and one of the policy's teams. */
export interface TeamAnswer {
  /** `org/slug` */
  readonly team: string;
  readonly membership: Reading<"active" | "pending" | "none">;
}

/**
 * Who may do what by what was read of them. Members of teams count once they have accepted. One team that cannot be
 * read makes it unknown, unless another one says yes: nobody is told "no" by a failure.
 */
export function authorityOf(
  allow: OverridePolicy["allow"],
  login: string,
  permission: BasePermission,
  teams: readonly TeamAnswer[],
): Reading<Authority> {
  const mayWrite = permission === "admin" || permission === "write";
  if (allow.kind === "permission") {
    const mayLift = permission === "admin" || (allow.permission === "write" && mayWrite);
    return { state: "known", value: { login, mayWrite, mayLift } };
  }
  const isMember = teams.some(
    ({ membership }) => membership.state === "known" && membership.value === "active",
  );
  if (isMember) return { state: "known", value: { login, mayWrite, mayLift: true } };
  for (const { team, membership } of teams) {
    if (membership.state === "known") continue;
    const because = membership.state === "unknown" ? membership.because : "github-forbidden";
    const retryAt = membership.state === "unknown" ? membership.retryAt : null;
    return { state: "unknown", because, detail: team, retryAt };
  }
  return { state: "known", value: { login, mayWrite, mayLift: false } };
}
