import type { ComplianceCase } from "../domain/compliance/case.ts";
import type { Halt, Override, RollbackPermit } from "../domain/gate/override.ts";
import { isCaseId } from "../domain/brands.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";
import { type CaseRow, CASE_COLUMNS, readCaseRow } from "./compliance-case-row.ts";

/** Rows that came as one `jsonb` array each: moments are text there. */
export type CaseJson = Omit<CaseRow, MomentOfCase> & { readonly [Name in MomentOfCase]: string | null } & {
  readonly issueNumber: number | null;
};
type MomentOfCase =
  | "openedAt"
  | "warnedAt"
  | "remindedAt"
  | "deadline"
  | "verifyUntil"
  | "unverifiedSince"
  | "expiredAt"
  | "endedAt";

export interface HaltJson {
  readonly id: number;
  readonly environment: string | null;
  readonly by: string;
  readonly because: string | null;
  readonly issueNumber: number | null;
  readonly beganAt: string;
}

export interface OverrideJson {
  readonly id: number;
  readonly kind: "cases" | "reasons";
  readonly caseIds: readonly number[];
  readonly environment: string | null;
  readonly sha: CommitSha | null;
  readonly codes: readonly string[];
  readonly by: string;
  readonly because: string | null;
  readonly beganAt: string;
  readonly endsAt: string;
}

export interface PermitJson {
  readonly environment: string;
  readonly sha: CommitSha;
  readonly by: string;
  readonly because: string;
  readonly beganAt: string;
  readonly endsAt: string;
}

/** Subqueries over one repository, `r`, each one `jsonb` array. `$at` stands for the moment's parameter. */
export const OPEN_CASES = arrayOf(
  `select ${CASE_COLUMNS},
          (select e.remote_id from holdpoint.effect e
            where e.target = 'issue:' || r.id || ':' || first_red_sha) as "issueNumber"
     from holdpoint.compliance_case
    where repository_id = r.id and end_as is null`,
);
export const HALTS_IN_FORCE = arrayOf(
  `select id, environment, by_login as "by", because, issue_number as "issueNumber", began_at as "beganAt"
     from holdpoint.halt
    where repository_id = r.id and ended_at is null`,
);
export const OVERRIDES_NOT_OVER = arrayOf(
  `select id, kind, case_ids as "caseIds", environment, sha, codes, by_login as "by", because,
          began_at as "beganAt", ends_at as "endsAt"
     from holdpoint.override
    where repository_id = r.id and ended_at is null and not awaits_reason and ends_at > $at`,
);
export const PERMITS_NOT_OVER = arrayOf(
  `select environment, sha, by_login as "by", because, began_at as "beganAt", ends_at as "endsAt"
     from holdpoint.rollback_permit
    where repository_id = r.id and ends_at > $at`,
);

export function arrayOf(query: string): string {
  return `coalesce((select jsonb_agg(to_jsonb(found)) from (${query}) found), '[]')`;
}

export function readCaseJson({ issueNumber, ...row }: CaseJson): ComplianceCase & {
  readonly issueNumber: number | null;
} {
  const read = readCaseRow({
    ...row,
    openedAt: new Date(row.openedAt ?? 0),
    warnedAt: momentOf(row.warnedAt),
    remindedAt: momentOf(row.remindedAt),
    deadline: momentOf(row.deadline),
    verifyUntil: momentOf(row.verifyUntil),
    unverifiedSince: momentOf(row.unverifiedSince),
    expiredAt: momentOf(row.expiredAt),
    endedAt: momentOf(row.endedAt),
  });
  return { ...read, issueNumber };
}

export function readHaltJson(row: HaltJson, repositoryId: RepositoryId): Halt {
  return { ...row, repositoryId, beganAt: new Date(row.beganAt), endedAt: null };
}

export function readOverrideJson(row: OverrideJson, repositoryId: RepositoryId): Override {
  const { kind, caseIds, environment, sha, codes, ...rest } = row;
  const scope: Override["scope"] =
    kind === "reasons" && sha !== null && environment !== null
      ? { kind, environment, sha, codes }
      : { kind: "cases", caseIds: caseIds.filter(isCaseId), environment };
  const moments = { beganAt: new Date(row.beganAt), endsAt: new Date(row.endsAt), endedAt: null };
  return { ...rest, ...moments, repositoryId, scope };
}

export function readPermitJson(row: PermitJson, repositoryId: RepositoryId): RollbackPermit {
  return { ...row, repositoryId, beganAt: new Date(row.beganAt), endsAt: new Date(row.endsAt) };
}

function momentOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
