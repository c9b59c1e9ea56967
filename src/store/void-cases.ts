import type { Transaction } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
import { recordCase } from "../domain/compliance/record-case.ts";
import type { RepositoryId } from "../domain/model.ts";
import { appendAudit } from "./audit.ts";
import { type CaseRow, CASE_COLUMNS, readCaseRow } from "./compliance-case-row.ts";
import { complianceDeadline, dropDeadline } from "./deadline.ts";
import { findRepository } from "./repository.ts";

/**
 * Ends every open case of a repository that is archived or deleted, which GitHub was read to confirm: nothing can turn green
 * there any more, and nothing goes out. One audit record each, so it comes last in its transaction. Answers how many there were.
 */
export async function voidCases(
  transaction: Transaction,
  repositoryId: RepositoryId,
  because: "archived" | "deleted",
  at: Date,
): Promise<number> {
  const end = { by: null, because: `the repository is ${because}`, url: null, sha: null };
  const rows = await transaction.query<CaseRow>(
    `update holdpoint.compliance_case
        set end_as = 'void', end_record = $2, ended_at = $3, version = version + 1
      where repository_id = $1 and end_as is null
      returning ${CASE_COLUMNS}`,
    [repositoryId, storableJson(end), at],
  );
  if (rows.length === 0) return 0;
  await dropDeadline(transaction, complianceDeadline(repositoryId, at).key);
  const repository = await findRepository(transaction, repositoryId);
  for (const row of rows) {
    const record = recordCase(readCaseRow(row), { what: "resolved" });
    if (record === null || repository === null) continue;
    const { installationId } = repository.facts;
    await appendAudit(transaction, { installationId, at, record: { ...record, repository_is: because } });
  }
  return rows.length;
}
