import type { Queryable } from "../database/database.ts";
import type { Effect } from "../domain/effect.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";

/** What a status should show, as it was last decided, and how often that changed. */
export interface ShownStatus {
  readonly state: Extract<Effect, { kind: "status" }>["state"];
  readonly description: string;
  readonly revision: number;
}

/** By target; those that were never decided are left out. */
export async function listShownStatuses(
  database: Queryable,
  targets: readonly string[],
): Promise<ReadonlyMap<string, ShownStatus>> {
  const rows = await database.query<ShownStatus & { readonly target: string }>(
    `select target, desired->>'state' as state, desired->>'description' as description, revision
       from holdpoint.effect
      where kind = 'status' and target = any ($1::text[])`,
    [targets],
  );
  return new Map(rows.map(({ target, ...status }) => [target, status]));
}

/** Heads of the deploy branch, of open pull requests and of merge groups, as they were last looked at. */
export async function listHeads(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<ReadonlySet<CommitSha>> {
  const rows = await database.query<{ head: CommitSha }>(
    `select head from holdpoint.subject
      where repository_id = $1 and not closed and head is not null
        and subject->>'kind' in ('deploy', 'pull-request', 'merge-group')`,
    [repositoryId],
  );
  return new Set(rows.map(({ head }) => head));
}
