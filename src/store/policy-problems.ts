import type { Queryable } from "../database/database.ts";
import type { RepositoryId } from "../domain/model.ts";
import type { PolicyProblem } from "../domain/policy.ts";

/** What is wrong with the policy that stands in a repository, as it was read last. */
export interface PolicyTrouble {
  /** `no`: it is in force, and only the organisation's defaults may have problems. */
  readonly stale: "no" | "invalid" | "unreadable";
  readonly problems: readonly PolicyProblem[];
}

/** null: nothing is. */
export async function findPolicyTrouble(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<PolicyTrouble | null> {
  const rows = await database.query<PolicyTrouble>(
    `select stale, problems from holdpoint.policy
      where repository_id = $1 and (stale <> 'no' or problems <> '[]')`,
    [repositoryId],
  );
  return rows[0] ?? null;
}
