import type { Queryable, Transaction } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
import type { RepositoryId } from "../domain/model.ts";
import type { Subject } from "../domain/subject.ts";

/** When somebody has to look. The look decides what is true then; a deadline only wakes it. */
export interface Deadline {
  /** What it is for, one row each: `compliance:7`, `override:3`, `gate:7`. */
  readonly key: string;
  readonly repositoryId: RepositoryId;
  readonly subject: Subject;
  readonly dueAt: Date;
}

/** All cases of a repository are looked at together, so they share one row: the earliest moment of them all. */
export function complianceDeadline(repositoryId: RepositoryId, dueAt: Date): Deadline {
  const subject = { kind: "compliance", repositoryId } as const;
  return { key: `compliance:${String(repositoryId)}`, repositoryId, subject, dueAt };
}

/** Sets the moment, whatever it was before. */
export async function setDeadline(transaction: Transaction, deadline: Deadline): Promise<void> {
  await transaction.query(
    `insert into holdpoint.deadline as d (key, repository_id, subject, due_at) values ($1, $2, $3, $4)
     on conflict (key) do update
        set repository_id = excluded.repository_id, subject = excluded.subject, due_at = excluded.due_at
      where (d.repository_id, d.subject, d.due_at)
            is distinct from (excluded.repository_id, excluded.subject, excluded.due_at)`,
    [deadline.key, deadline.repositoryId, storableJson(deadline.subject), deadline.dueAt],
  );
}

/** Sets the moment unless an earlier one is set already. */
export async function hastenDeadline(transaction: Transaction, deadline: Deadline): Promise<void> {
  await transaction.query(
    `insert into holdpoint.deadline as d (key, repository_id, subject, due_at) values ($1, $2, $3, $4)
     on conflict (key) do update set due_at = excluded.due_at where excluded.due_at < d.due_at`,
    [deadline.key, deadline.repositoryId, storableJson(deadline.subject), deadline.dueAt],
  );
}

export async function dropDeadline(transaction: Transaction, key: string): Promise<void> {
  await transaction.query(`delete from holdpoint.deadline where key = $1`, [key]);
}

/** The moment that is set; null: none. */
export async function findDeadline(database: Queryable, key: string): Promise<Date | null> {
  const rows = await database.query<{ readonly dueAt: Date }>(
    `select due_at as "dueAt" from holdpoint.deadline where key = $1`,
    [key],
  );
  return rows[0]?.dueAt ?? null;
}

/**
 * Takes what is due, longest due first; never a moment early. Any replica may: rows that another one is taking are passed
 * over, and a row that was taken is gone, so that nothing fires twice. The caller asks for the looks in the same transaction.
 */
export async function takeDueDeadlines(
  transaction: Transaction,
  at: Date,
  limit: number,
): Promise<readonly Subject[]> {
  const rows = await transaction.query<{ readonly subject: Subject }>(
    `delete from holdpoint.deadline
      where key = any (array(select key from holdpoint.deadline
                              where due_at <= $1
                              order by due_at
                              limit $2
                              for update skip locked))
      returning subject`,
    [at, limit],
  );
  return rows.map(({ subject }) => subject);
}
