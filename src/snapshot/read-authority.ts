import { type Authority, authorityOf, type TeamAnswer } from "../domain/authority/authority.ts";
import type { Policy } from "../domain/policy.ts";
import type { ReadsComments } from "../ports/issues.ts";
import type { ReadsPeople } from "../ports/people.ts";
import type { RepositoryRef } from "../ports/repository.ts";

export interface AuthorityQuestion {
  readonly repository: RepositoryRef;
  /** The one that open cases and halts stand on. */
  readonly policy: Pick<Policy, "override">;
  readonly login: string;
}

/**
 * What somebody may do in a repository now, read when it counts and never remembered. A GitHub that does not answer, a used-up rate limit
 * included, is a fault: the question is asked again later, and nobody is told "no".
 */
export async function readAuthority(
  { github }: { readonly github: Pick<ReadsComments & ReadsPeople, "readPermission" | "readMembership"> },
  { repository, policy, login }: AuthorityQuestion,
): Promise<Authority> {
  const { allow } = policy.override;
  const permission = await github.readPermission(repository, login);
  const teams: TeamAnswer[] = [];
  if (allow.kind === "teams") {
    for (const team of allow.teams) {
      const membership = await github.readMembership(repository, team, login);
      teams.push({ team, membership });
      if (membership.state === "known" && membership.value === "active") break;
    }
  }
  return authorityOf(allow, login, permission, teams);
}
