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

/**
 * The kind of an effect of that repository that was refused, or has not come through yet; null: there is none of that name, or there
 * is nothing to try again. What was refused of a ticket is asked for anew, by whoever wants it: it is written in a person's name.
 * Nobody else changes it before this transaction ends.
 */
export async function findRetryableEffect(
  transaction: Transaction,
  repositoryId: RepositoryId,
  target: string,
): Promise<string | null> {
  const rows = await transaction.query<{ kind: string }>(
    `select kind from holdpoint.effect
      where target = $1 and repository_id = $2 and (done_revision < revision or (last_answer is not null and kind <> 'ticket'))
      for update`,
    [target, repositoryId],
  );
  return rows[0]?.kind ?? null;
}
