import type { Queryable } from "../database/database.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import type { PolicyProblem } from "../domain/policy.ts";
import { readRepositoryRow, type RepositoryRow } from "./repository.ts";
import type { StoredRight } from "./session.ts";
import { SEEN_REPOSITORIES } from "./seen-repositories.ts";

/** How Holdpoint's own work goes for one repository that a person may see. */
export interface RepositoryHealth {
  readonly repository: RepositoryFacts;
  readonly right: StoredRight;
  /** null: never. */
  readonly reconciledAt: Date | null;
  /** null: there is no policy. */
  readonly policy: {
    readonly stale: "no" | "invalid" | "unreadable";
    readonly problems: readonly PolicyProblem[];
    readonly readAt: Date;
  } | null;
}

interface Row extends RepositoryRow {
  readonly permission: StoredRight;
  readonly reconciledAt: Date | null;
  readonly stale: "no" | "invalid" | "unreadable" | null;
  readonly problems: readonly PolicyProblem[] | null;
  readonly readAt: Date | null;
}

/** Of all repositories that the session may see, by name. */
export async function listRepositoryHealth(
  database: Queryable,
  idHash: Buffer,
): Promise<readonly RepositoryHealth[]> {
  const rows = await database.query<Row>(
    `select r.id, r.installation_id as "installationId", r.owner, r.name, r.default_branch as "defaultBranch",
            r.private, r.archived, r.gone, s.permission, r.reconciled_at as "reconciledAt",
            p.stale, p.problems, p.read_at as "readAt"
       from ${SEEN_REPOSITORIES}
       left join holdpoint.policy p on p.repository_id = r.id
      order by lower(r.owner), lower(r.name)`,
    [idHash],
  );
  return rows.map((row) => {
    const { permission: right, reconciledAt, stale, problems, readAt } = row;
    const policy = stale === null || readAt === null ? null : { stale, problems: problems ?? [], readAt };
    return { repository: readRepositoryRow(row).facts, right, reconciledAt, policy };
  });
}
