import type { Queryable } from "../database/database.ts";
import type { CommitSha, RepositoryId } from "../domain/model.ts";
import { type Subject, subjectKey } from "../domain/subject.ts";

type MergeGroup = Extract<Subject, { kind: "merge-group" }>;

/** The merge group with that head, if it was ever asked about. */
export async function findMergeGroup(
  database: Queryable,
  repositoryId: RepositoryId,
  headSha: CommitSha,
): Promise<MergeGroup | null> {
  const key = subjectKey({ kind: "merge-group", repositoryId, headSha, baseSha: headSha, headRef: "" });
  const rows = await database.query<{ subject: MergeGroup }>(
    `select subject from holdpoint.subject where key = $1 and not closed`,
    [key],
  );
  return rows[0]?.subject ?? null;
}
