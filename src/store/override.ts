import type { Queryable, Transaction } from "../database/database.ts";
import type { CaseId } from "../domain/compliance/case.ts";
import type { Override } from "../domain/gate/override.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";

/** Who did something: the number stays when the login changes. */
export interface Actor {
  readonly id: number;
  readonly login: string;
}

export interface NewOverride extends Pick<
  Override,
  "repositoryId" | "scope" | "because" | "beganAt" | "endsAt"
> {
  /** What it was decided upon: `label-event:5`, `comment:6`, `request:7`. One override each. */
  readonly source: string;
  /** Where it was said, and answers go. */
  readonly issueNumber: number | null;
  readonly by: Actor;
  /** Not in force before somebody said why. */
  readonly awaitsReason: boolean;
}

export interface StoredOverride extends Override {
  readonly source: string;
  readonly issueNumber: number | null;
  readonly byId: number;
  readonly awaitsReason: boolean;
}

interface OverrideRow {
  readonly id: string;
  readonly repositoryId: string;
  readonly source: string;
  readonly kind: "cases" | "reasons";
  readonly caseIds: readonly string[];
  readonly environment: string | null;
  readonly sha: CommitSha | null;
  readonly codes: readonly string[];
  readonly issueNumber: number | null;
  readonly byId: string;
  readonly by: string;
  readonly because: string | null;
  readonly beganAt: Date;
  readonly endsAt: Date;
  readonly endedAt: Date | null;
  readonly awaitsReason: boolean;
}

const COLUMNS = `id, repository_id as "repositoryId", source, kind, case_ids as "caseIds", environment, sha, codes,
                 issue_number as "issueNumber", by_id as "byId", by_login as "by", because, began_at as "beganAt",
                 ends_at as "endsAt", ended_at as "endedAt", awaits_reason as "awaitsReason"`;

/** Keeps it; null where the same source was decided upon before. */
export async function addOverride(
  transaction: Transaction,
  { scope, by, ...given }: NewOverride,
): Promise<StoredOverride | null> {
  const rows = await transaction.query<OverrideRow>(
    `insert into holdpoint.override
            (repository_id, source, kind, case_ids, environment, sha, codes, issue_number, by_id, by_login, because,
             began_at, ends_at, awaits_reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (repository_id, source) do nothing
     returning ${COLUMNS}`,
    [
      given.repositoryId,
      given.source,
      scope.kind,
      scope.kind === "cases" ? scope.caseIds : [],
      scope.environment,
      scope.kind === "reasons" ? scope.sha : null,
      scope.kind === "reasons" ? scope.codes : [],
      given.issueNumber,
      by.id,
      by.login,
      given.because,
      given.beganAt,
      given.endsAt,
      given.awaitsReason,
    ],
  );
  return rows[0] === undefined ? null : readRow(rows[0], given.repositoryId);
}

/** Those in force at a moment. */
export async function listOverrides(
  database: Queryable,
  repositoryId: RepositoryId,
  at: Date,
): Promise<readonly StoredOverride[]> {
  const rows = await database.query<OverrideRow>(
    `select ${COLUMNS} from holdpoint.override
      where repository_id = $1 and ended_at is null and not awaits_reason and began_at <= $2 and ends_at > $2
      order by id`,
    [repositoryId, at],
  );
  return rows.map((row) => readRow(row, repositoryId));
}

/** Those that were said on an issue and have not ended yet, be they over; oldest first. */
export async function listOverridesOnIssue(
  database: Queryable,
  repositoryId: RepositoryId,
  issueNumber: number,
): Promise<readonly StoredOverride[]> {
  const rows = await database.query<OverrideRow>(
    `select ${COLUMNS} from holdpoint.override
      where repository_id = $1 and issue_number = $2 and ended_at is null
      order by id`,
    [repositoryId, issueNumber],
  );
  return rows.map((row) => readRow(row, repositoryId));
}

/** Those that were said on no issue, in the cockpit, and have not ended yet, be they over; oldest first. */
export async function listLooseOverrides(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<readonly StoredOverride[]> {
  const rows = await database.query<OverrideRow>(
    `select ${COLUMNS} from holdpoint.override
      where repository_id = $1 and issue_number is null and ended_at is null
      order by id`,
    [repositoryId],
  );
  return rows.map((row) => readRow(row, repositoryId));
}

/** Ends it once: before its time by somebody, or at its time by nobody. False: it had ended already. */
export async function endOverride(
  transaction: Transaction,
  { repositoryId, source }: Pick<StoredOverride, "repositoryId" | "source">,
  { at, by }: { readonly at: Date; readonly by: string | null },
): Promise<boolean> {
  const rows = await transaction.query(
    `update holdpoint.override set ended_at = $3, ended_by = $4
      where repository_id = $1 and source = $2 and ended_at is null
      returning id`,
    [repositoryId, source, at, by],
  );
  return rows.length > 0;
}

/** The reason that was asked for; one that was waited for puts the override in force from then on. */
export async function giveReason(
  transaction: Transaction,
  id: number,
  given: { readonly because: string; readonly beganAt: Date; readonly endsAt: Date },
): Promise<void> {
  await transaction.query(
    `update holdpoint.override
        set because = $2,
            began_at = case when awaits_reason then $3 else began_at end,
            ends_at = case when awaits_reason then $4 else ends_at end,
            awaits_reason = false
      where id = $1 and ended_at is null and because is null`,
    [id, given.because, given.beganAt, given.endsAt],
  );
}

/** Whether somebody was asked on that issue why a hold was lifted, and has not said so yet. */
export async function isReasonAwaited(
  database: Queryable,
  repositoryId: RepositoryId,
  issueNumber: number,
): Promise<boolean> {
  const rows = await database.query(
    `select 1 from holdpoint.override
      where repository_id = $1 and issue_number = $2 and ended_at is null and because is null limit 1`,
    [repositoryId, issueNumber],
  );
  return rows.length > 0;
}

function readRow(row: OverrideRow, repositoryId: RepositoryId): StoredOverride {
  const { id, kind, caseIds, environment, sha, codes, byId, ...rest } = row;
  const scope: Override["scope"] =
    kind === "reasons" && sha !== null && environment !== null
      ? { kind: "reasons", environment, sha, codes }
      : { kind: "cases", caseIds: caseIds.map(Number).filter(isCaseId), environment };
  return { ...rest, id: Number(id), repositoryId, byId: Number(byId), scope };
}

function isCaseId(id: number): id is CaseId {
  return Number.isSafeInteger(id) && id > 0;
}
