import type { Queryable } from "../database/database.ts";
import type { RepositoryId } from "../domain/model.ts";
import type { StoredPolicy } from "./policy.ts";

/** What open cases, halts and who may lift them stand on. */
export interface PolicyGround {
  /** The texts that were accepted last; null: none yet. */
  readonly accepted: StoredPolicy | null;
  /** A case or a halt is open: a looser policy has to be accepted first. */
  readonly bound: boolean;
}

interface GroundRow extends StoredPolicy {
  readonly isAccepted: boolean;
  readonly bound: boolean;
}

/** One query, at every look. */
export async function findPolicyGround(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<PolicyGround> {
  const rows = await database.query<GroundRow>(
    `select a.repository_id is not null as "isAccepted", a.text, a.sha, a.organisation_text as "organisationText",
            a.organisation_sha as "organisationSha",
            exists (select from holdpoint.compliance_case c where c.repository_id = r.id and c.end_as is null)
              or exists (select from holdpoint.halt h where h.repository_id = r.id and h.ended_at is null) as bound
       from holdpoint.repository r
       left join holdpoint.accepted_policy a on a.repository_id = r.id
      where r.id = $1`,
    [repositoryId],
  );
  const row = rows[0];
  if (row === undefined) return { accepted: null, bound: false };
  const { isAccepted, bound, ...texts } = row;
  return { accepted: isAccepted ? texts : null, bound };
}

/** Open cases and halts stand on these texts from now on. `by`: who accepted a looser policy; null: nobody had to. */
export async function acceptPolicy(
  database: Queryable,
  repositoryId: RepositoryId,
  { text, sha, organisationText, organisationSha }: StoredPolicy,
  { by, at }: { readonly by: string | null; readonly at: Date },
): Promise<void> {
  await database.query(
    `insert into holdpoint.accepted_policy as a
            (repository_id, text, sha, organisation_text, organisation_sha, accepted_by, accepted_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (repository_id) do update
        set text = excluded.text, sha = excluded.sha, organisation_text = excluded.organisation_text,
            organisation_sha = excluded.organisation_sha, accepted_by = excluded.accepted_by,
            accepted_at = excluded.accepted_at, waiting_text = null, waiting_organisation_text = null,
            waiting_since = null
      where (a.text, a.organisation_text) is distinct from (excluded.text, excluded.organisation_text)`,
    [repositoryId, text, sha, organisationText, organisationSha, by, at],
  );
}

/**
 * Notes that these looser texts wait to be accepted; null: the files were deleted. Answers since when they are known to: other
 * texts than before begin to wait now.
 */
export async function noteWaitingPolicy(
  database: Queryable,
  repositoryId: RepositoryId,
  texts: Pick<StoredPolicy, "text" | "organisationText"> | null,
  at: Date,
): Promise<Date> {
  const rows = await database.query<{ since: Date }>(
    `update holdpoint.accepted_policy
        set waiting_text = $2, waiting_organisation_text = $3,
            waiting_since = case
              when (waiting_text, waiting_organisation_text) is distinct from ($2, $3) then $4
              else coalesce(waiting_since, $4)
            end
      where repository_id = $1
      returning waiting_since as since`,
    [repositoryId, texts?.text ?? null, texts?.organisationText ?? null, at],
  );
  return rows[0]?.since ?? at;
}

/** The file is gone, and nothing stands on it any more. */
export async function forgetAcceptedPolicy(database: Queryable, repositoryId: RepositoryId): Promise<void> {
  await database.query("delete from holdpoint.accepted_policy where repository_id = $1", [repositoryId]);
}
