import type { CommitSha, RepositoryFacts } from "../../../src/domain/model.ts";
import { type AuditRecord, appendAudit } from "../../../src/store/audit.ts";
import { HEAD } from "../../domain/build-snapshot.ts";
import { LIVE, RED } from "../../domain/history/every-record.ts";
import type { TestDatabase } from "../../database/harness.ts";

/** Writes into the audit of a repository what was done there at a moment. */
export async function record(
  db: TestDatabase,
  { id, installationId }: RepositoryFacts,
  at: Date,
  said: AuditRecord,
): Promise<void> {
  await db.database.transaction((transaction) =>
    appendAudit(transaction, { installationId, at, record: { repository: id, ...said } }),
  );
}

/** Many at once; each as `record`. */
export async function recordAll(
  db: TestDatabase,
  { id, installationId }: RepositoryFacts,
  said: readonly (readonly [Date, AuditRecord])[],
): Promise<void> {
  await db.database.transaction(async (transaction) => {
    for (const [at, one] of said) {
      await appendAudit(transaction, { installationId, at, record: { repository: id, ...one } });
    }
  });
}

export async function deploy(
  db: TestDatabase,
  { id }: RepositoryFacts,
  at: Date,
  {
    environment = "production",
    sha: went = HEAD,
    before = LIVE,
    by = "octocat",
  }: { environment?: string; sha?: CommitSha; before?: CommitSha | null; by?: string | null } = {},
): Promise<void> {
  await db.database.query(
    "insert into holdpoint.deploy (repository_id, environment, sha, before, by_login, at) values ($1, $2, $3, $4, $5, $6)",
    [id, environment, went, before, by, at],
  );
}

/** A case of a deferred check; answers its number. */
export async function addCase(
  db: TestDatabase,
  { id }: RepositoryFacts,
  given: {
    readonly name: string;
    readonly redAt: Date;
    readonly expiredAt?: Date | null;
    readonly endedAt?: Date | null;
    readonly environments?: readonly string[] | null;
  },
): Promise<number> {
  const { name, redAt, expiredAt = null, endedAt = null, environments = null } = given;
  const run = JSON.stringify({ sha: RED, runId: 1, sequence: 1, said: "failure", at: redAt, url: null });
  const rows = await db.database.query<{ id: string }>(
    `insert into holdpoint.compliance_case
            (repository_id, check_key, name, source, policy_name, first_red, first_red_sha, newest_red, opened_at, adopted,
             grace, verify_grace, environments, owners, expired_at, end_as, end_record, ended_at)
     values ($1, $2, $2, '{"kind":"status"}', $2, $3, $4, $3, $5, false, 1, 0, $6, '{}', $7, $8, $9, $10) returning id`,
    [
      id,
      name,
      run,
      RED,
      redAt,
      environments,
      expiredAt,
      endedAt === null ? null : "green",
      endedAt === null ? null : "{}",
      endedAt,
    ],
  );
  return Number(rows[0]?.id);
}

export async function addHalt(
  db: TestDatabase,
  { id }: RepositoryFacts,
  given: {
    readonly source: string;
    readonly beganAt: Date;
    readonly endedAt?: Date | null;
    readonly environment?: string | null;
  },
): Promise<void> {
  const { source, beganAt, endedAt = null, environment = null } = given;
  await db.database.query(
    `insert into holdpoint.halt (repository_id, source, environment, issue_number, by_id, by_login, began_at, ended_at)
     values ($1, $2, $3, 4, 1, 'hubot', $4, $5)`,
    [id, source, environment, beganAt, endedAt],
  );
}

export async function addOverride(
  db: TestDatabase,
  { id }: RepositoryFacts,
  given: {
    readonly source: string;
    readonly caseIds: readonly number[];
    readonly beganAt: Date;
    readonly endsAt: Date;
    readonly endedAt?: Date | null;
    readonly environment?: string | null;
  },
): Promise<void> {
  const { source, caseIds, beganAt, endsAt, endedAt = null, environment = null } = given;
  await db.database.query(
    `insert into holdpoint.override
            (repository_id, source, kind, case_ids, environment, by_id, by_login, began_at, ends_at, ended_at)
     values ($1, $2, 'cases', $3, $4, 1, 'octocat', $5, $6, $7)`,
    [id, source, caseIds, environment, beganAt, endsAt, endedAt],
  );
}
