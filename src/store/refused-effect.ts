import type { Transaction } from "../database/database.ts";
import type { RepositoryId } from "../domain/model.ts";

/** What was wished longer ago is nobody's concern any more. */
const LATELY = 7 * 24 * 3_600_000;

/**
 * Takes the mark of being done off everything of a repository that was refused for good lately: somebody has put right what was
 * wrong, and asks to check again. Answers the targets; the caller enqueues them in the same transaction.
 */
export async function retryRefusedEffects(
  transaction: Transaction,
  repositoryId: RepositoryId,
  at: Date,
): Promise<readonly string[]> {
  const rows = await transaction.query<{ target: string }>(
    `update holdpoint.effect set done_revision = revision - 1
      where repository_id = $1 and done_revision >= revision and last_answer is not null and updated_at > $2
      returning target`,
    [repositoryId, new Date(at.getTime() - LATELY)],
  );
  return rows.map(({ target }) => target);
}
