import type { Queryable, Transaction } from "../database/database.ts";
import type { Halt } from "../domain/gate/override.ts";
import type { RepositoryId } from "../domain/model.ts";
import type { Actor } from "./override.ts";

export interface NewHalt extends Pick<
  Halt,
  "repositoryId" | "environment" | "because" | "issueNumber" | "beganAt"
> {
  /** What it was decided upon: `label-event:5`, `comment:6`, `request:7`. One halt each. */
  readonly source: string;
  readonly by: Actor;
}

export interface StoredHalt extends Halt {
  readonly source: string;
  readonly byId: number;
}

interface HaltRow extends Omit<StoredHalt, "id" | "byId" | "repositoryId"> {
  readonly id: string;
  readonly byId: string;
}

const COLUMNS = `id, source, environment, issue_number as "issueNumber", by_id as "byId", by_login as "by", because,
                 began_at as "beganAt", ended_at as "endedAt"`;

/** Keeps it; null where the same source was decided upon before. */
export async function addHalt(transaction: Transaction, given: NewHalt): Promise<StoredHalt | null> {
  const { repositoryId, source, environment, issueNumber, by, because, beganAt } = given;
  const rows = await transaction.query<HaltRow>(
    `insert into holdpoint.halt
            (repository_id, source, environment, issue_number, by_id, by_login, because, began_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (repository_id, source) do nothing
     returning ${COLUMNS}`,
    [repositoryId, source, environment, issueNumber, by.id, by.login, because, beganAt],
  );
  return rows[0] === undefined ? null : readRow(rows[0], repositoryId);
}

/** Those in force, oldest first. */
export async function listHalts(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<readonly StoredHalt[]> {
  const rows = await database.query<HaltRow>(
    `select ${COLUMNS} from holdpoint.halt where repository_id = $1 and ended_at is null order by id`,
    [repositoryId],
  );
  return rows.map((row) => readRow(row, repositoryId));
}

/** Those in force that were said on an issue. */
export async function listHaltsOnIssue(
  database: Queryable,
  repositoryId: RepositoryId,
  issueNumber: number,
): Promise<readonly StoredHalt[]> {
  const halts = await listHalts(database, repositoryId);
  return halts.filter((halt) => halt.issueNumber === issueNumber);
}

/** False: it had ended already. */
export async function endHalt(
  transaction: Transaction,
  { repositoryId, source }: Pick<StoredHalt, "repositoryId" | "source">,
  { at, by }: { readonly at: Date; readonly by: string },
): Promise<boolean> {
  const rows = await transaction.query(
    `update holdpoint.halt set ended_at = $3, ended_by = $4
      where repository_id = $1 and source = $2 and ended_at is null
      returning id`,
    [repositoryId, source, at, by],
  );
  return rows.length > 0;
}

function readRow({ id, byId, ...row }: HaltRow, repositoryId: RepositoryId): StoredHalt {
  return { ...row, id: Number(id), byId: Number(byId), repositoryId };
}
