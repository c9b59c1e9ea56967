import { isCaseId, isRepositoryId } from "../domain/brands.ts";
import type { CaseEnd, ComplianceCase, RedRun } from "../domain/compliance/case.ts";
import { Fault } from "../errors.ts";

/** As `JSON` keeps it. */
interface StoredRun extends Omit<RedRun, "at"> {
  readonly at: string;
}

/** A row as the driver gives it: `bigint` as text, moments inside `jsonb` as text. */
export interface CaseRow extends Omit<
  ComplianceCase,
  "id" | "repositoryId" | "firstRed" | "newestRed" | "grace" | "verifyGrace" | "end"
> {
  readonly id: string;
  readonly repositoryId: string;
  readonly firstRed: StoredRun;
  readonly newestRed: StoredRun;
  readonly grace: string;
  readonly verifyGrace: string;
  readonly endAs: CaseEnd["as"] | null;
  readonly endRecord: Omit<CaseEnd, "as" | "at"> | null;
  readonly endedAt: Date | null;
}

export const CASE_COLUMNS = `id, repository_id as "repositoryId", check_key as "checkKey", name, source,
  policy_name as "policyName", first_red as "firstRed", newest_red as "newestRed", reds, last_green as "lastGreen",
  opened_at as "openedAt", adopted, grace, verify_grace as "verifyGrace", environments, owners, warned_at as "warnedAt",
  reminded_at as "remindedAt", deadline, verify_until as "verifyUntil", unverified_since as "unverifiedSince",
  expired_at as "expiredAt", end_as as "endAs", end_record as "endRecord", ended_at as "endedAt", version`;

/** @throws Fault `database-damaged` where the row is none that this code wrote. */
export function readCaseRow(row: CaseRow): ComplianceCase {
  const { endAs, endRecord, endedAt, ...rest } = row;
  const [id, repositoryId] = [Number(row.id), Number(row.repositoryId)];
  if (!isCaseId(id) || !isRepositoryId(repositoryId)) {
    throw new Fault({
      kind: "never-retry",
      code: "database-damaged",
      doing: "reading a case",
      detail: `id ${row.id}, repository ${row.repositoryId}`,
    });
  }
  return {
    ...rest,
    id,
    repositoryId,
    firstRed: readRun(row.firstRed),
    newestRed: readRun(row.newestRed),
    grace: Number(row.grace),
    verifyGrace: Number(row.verifyGrace),
    end:
      endAs === null || endRecord === null || endedAt === null
        ? null
        : { ...endRecord, as: endAs, at: endedAt },
  };
}

function readRun(run: StoredRun): RedRun {
  return { ...run, at: new Date(run.at) };
}
