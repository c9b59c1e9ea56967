import type { Queryable } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
import type { RepositoryId } from "../domain/model.ts";
import type { PolicyProblem } from "../domain/policy.ts";

/** The texts of the last good policy and the commits they were read at; null where there is no such file. */
export interface StoredPolicy {
  readonly text: string | null;
  readonly sha: string | null;
  readonly organisationText: string | null;
  readonly organisationSha: string | null;
}

export async function findStoredPolicy(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<StoredPolicy | null> {
  const rows = await database.query<StoredPolicy>(
    `select text, sha, organisation_text as "organisationText", organisation_sha as "organisationSha"
       from holdpoint.policy where repository_id = $1`,
    [repositoryId],
  );
  return rows[0] ?? null;
}

/** Remembers a good policy; it stays in force while a newer one cannot be read. */
export async function storePolicy(
  database: Queryable,
  repositoryId: RepositoryId,
  policy: StoredPolicy,
  at: Date,
): Promise<void> {
  await database.query(
    `insert into holdpoint.policy as p (repository_id, text, sha, organisation_text, organisation_sha, read_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (repository_id) do update
        set text = excluded.text, sha = excluded.sha, organisation_text = excluded.organisation_text,
            organisation_sha = excluded.organisation_sha, problems = '[]', stale = 'no', read_at = excluded.read_at
      where (p.text, p.sha, p.organisation_text, p.organisation_sha, p.stale)
            is distinct from (excluded.text, excluded.sha, excluded.organisation_text, excluded.organisation_sha, 'no')`,
    [repositoryId, policy.text, policy.sha, policy.organisationText, policy.organisationSha, at],
  );
}

/** Notes why the policy that stands in the repository is not the one in force. */
export async function notePolicyProblems(
  database: Queryable,
  repositoryId: RepositoryId,
  stale: "invalid" | "unreadable",
  problems: readonly PolicyProblem[],
  at: Date,
): Promise<void> {
  await database.query(
    `insert into holdpoint.policy as p (repository_id, stale, problems, read_at) values ($1, $2, $3, $4)
     on conflict (repository_id) do update
        set stale = excluded.stale, problems = excluded.problems, read_at = excluded.read_at
      where (p.stale, p.problems) is distinct from (excluded.stale, excluded.problems)`,
    [repositoryId, stale, storableJson(problems), at],
  );
}

/** Forgets it: the file was deleted, and nothing is posted from now on. */
export async function forgetPolicy(database: Queryable, repositoryId: RepositoryId): Promise<void> {
  await database.query(`delete from holdpoint.policy where repository_id = $1`, [repositoryId]);
}
