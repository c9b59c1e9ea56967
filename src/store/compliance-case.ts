import type { Queryable, Transaction } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
import type { CaseEnd, CaseId, ComplianceCase } from "../domain/compliance/case.ts";
import type { NewCase } from "../domain/compliance/open-case.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";
import { type CaseRow, CASE_COLUMNS, readCaseRow } from "./compliance-case-row.ts";
import { complianceDeadline, hastenDeadline } from "./deadline.ts";

/** Those that have not ended, oldest first. */
export async function listOpenCases(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<readonly ComplianceCase[]> {
  const rows = await database.query<CaseRow>(
    `select ${CASE_COLUMNS} from holdpoint.compliance_case
      where repository_id = $1 and end_as is null order by id`,
    [repositoryId],
  );
  return rows.map(readCaseRow);
}

/** As they are once everybody who is changing them has done so; nobody else changes them before this transaction ends. */
export async function lockOpenCases(
  transaction: Transaction,
  repositoryId: RepositoryId,
): Promise<readonly ComplianceCase[]> {
  const rows = await transaction.query<CaseRow>(
    `select ${CASE_COLUMNS} from holdpoint.compliance_case
      where repository_id = $1 and end_as is null order by id for update`,
    [repositoryId],
  );
  return rows.map(readCaseRow);
}

/** The newest ended case of each check: what a new red may go on from. */
export async function listEndedCases(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<readonly ComplianceCase[]> {
  const rows = await database.query<CaseRow>(
    `select distinct on (check_key) ${CASE_COLUMNS} from holdpoint.compliance_case
      where repository_id = $1 and end_as is not null
      order by check_key, ended_at desc, id desc`,
    [repositoryId],
  );
  return rows.map(readCaseRow);
}

/** All cases of one issue, ended ones too, oldest first. */
export async function listCasesOfIssue(
  database: Queryable,
  repositoryId: RepositoryId,
  firstRed: CommitSha,
): Promise<readonly ComplianceCase[]> {
  const rows = await database.query<CaseRow>(
    `select ${CASE_COLUMNS} from holdpoint.compliance_case
      where repository_id = $1 and first_red_sha = $2 order by id`,
    [repositoryId, firstRed],
  );
  return rows.map(readCaseRow);
}

/** null: the check has an open case already, which another transaction opened. */
export async function openCase(transaction: Transaction, given: NewCase): Promise<ComplianceCase | null> {
  const rows = await transaction.query<CaseRow>(
    `insert into holdpoint.compliance_case
            (repository_id, check_key, name, source, policy_name, first_red, first_red_sha, newest_red, reds, last_green,
             opened_at, adopted, grace, verify_grace, environments, owners)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     on conflict do nothing
     returning ${CASE_COLUMNS}`,
    [
      given.repositoryId,
      given.checkKey,
      given.name,
      storableJson(given.source),
      given.policyName,
      storableJson(given.firstRed),
      given.firstRed.sha,
      storableJson(given.newestRed),
      given.reds,
      given.lastGreen,
      given.openedAt,
      given.adopted,
      given.grace,
      given.verifyGrace,
      given.environments,
      given.owners,
    ],
  );
  return rows[0] === undefined ? null : readCaseRow(rows[0]);
}

/** Keeps all that can change of a case, unless it was changed since it was read: then nothing is written. */
export async function saveCase(
  transaction: Transaction,
  given: ComplianceCase,
): Promise<"saved" | "superseded"> {
  const rows = await transaction.query(
    `update holdpoint.compliance_case
        set newest_red = $3, reds = $4, opened_at = $5, adopted = $6, warned_at = $7, reminded_at = $8, deadline = $9,
            verify_until = $10, unverified_since = $11, expired_at = $12, end_as = $13, end_record = $14, ended_at = $15,
            version = version + 1
      where id = $1 and version = $2
      returning id`,
    [
      given.id,
      given.version,
      storableJson(given.newestRed),
      given.reds,
      given.openedAt,
      given.adopted,
      given.warnedAt,
      given.remindedAt,
      given.deadline,
      given.verifyUntil,
      given.unverifiedSince,
      given.expiredAt,
      ...endValues(given.end),
    ],
  );
  return rows.length === 0 ? "superseded" : "saved";
}

/** Ends a case; false: it had ended already. The caller asks for a look at the repository's compliance, which tells people. */
export async function endCase(transaction: Transaction, id: CaseId, end: CaseEnd): Promise<boolean> {
  const rows = await transaction.query(
    `update holdpoint.compliance_case
        set end_as = $2, end_record = $3, ended_at = $4, version = version + 1
      where id = $1 and end_as is null
      returning id`,
    [id, ...endValues(end)],
  );
  return rows.length > 0;
}

/** Moves the deadline of a case that has neither ended nor expired; false: it has. Reminders come anew before the new one. */
export async function extendCase(transaction: Transaction, id: CaseId, deadline: Date): Promise<boolean> {
  const rows = await transaction.query(
    `update holdpoint.compliance_case
        set deadline = $2, verify_until = null, unverified_since = null, version = version + 1
      where id = $1 and end_as is null and expired_at is null
      returning id`,
    [id, deadline],
  );
  return rows.length > 0;
}

/**
 * Somebody was told of the issue for the first time: from now on its clocks run. Cases that were warned of before are left
 * alone. The deadlines follow with the look that this wakes; until then nothing is due.
 */
export async function markWarned(
  transaction: Transaction,
  repositoryId: RepositoryId,
  firstRed: CommitSha,
  at: Date,
): Promise<void> {
  const rows = await transaction.query(
    `update holdpoint.compliance_case
        set warned_at = $3, version = version + 1
      where repository_id = $1 and first_red_sha = $2 and warned_at is null and end_as is null
      returning id`,
    [repositoryId, firstRed, at],
  );
  if (rows.length > 0) await hastenDeadline(transaction, complianceDeadline(repositoryId, at));
}

function endValues(end: CaseEnd | null): readonly unknown[] {
  if (end === null) return [null, null, null];
  const { as, at, ...record } = end;
  return [as, storableJson(record), at];
}
