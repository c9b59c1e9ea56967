import type { Queryable, Transaction } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
import { isRepositoryId } from "../domain/brands.ts";
import type { RepositoryId } from "../domain/model.ts";
import type { RequestAnswer, RequestState, StoredRequest, Wish } from "../domain/requests/request.ts";
import { Fault } from "../errors.ts";

interface Asked {
  readonly repositoryId: RepositoryId;
  readonly by: { readonly id: number; readonly login: string };
  readonly wish: Wish;
  readonly at: Date;
}

/** Any number that no other lock takes as its first one. */
const LOCK = 1_918_985_587;
/** Of a repository; among more nobody's second click is looked for. */
const NEWEST = 100;

/**
 * The number of that person's newest request where it is the same wish, asked after that moment and not turned down: a form that was
 * sent twice. Nobody else asks in that person's name before this transaction ends.
 */
export async function findSameRequest(
  transaction: Transaction,
  { repositoryId, by, wish }: Omit<Asked, "at">,
  after: Date,
): Promise<number | null> {
  await transaction.query("select pg_advisory_xact_lock($1, hashint8($2))", [LOCK, by.id]);
  const rows = await transaction.query<{ id: string }>(
    `select id
       from (select *
               from (select * from holdpoint.request where repository_id = $1 order by id desc limit $2) newest
              where by_id = $3 order by id desc limit 1) own
      where wish = $4::jsonb and asked_at > $5 and state in ('asked', 'under-way', 'done')`,
    [repositoryId, NEWEST, by.id, storableJson(wish), after],
  );
  return rows[0] === undefined ? null : Number(rows[0].id);
}

/** Keeps what somebody asks for; answers its number. The caller enqueues the look at it in the same transaction. */
export async function addRequest(transaction: Transaction, asked: Asked): Promise<number> {
  const rows = await transaction.query<{ id: string }>(
    `insert into holdpoint.request (repository_id, by_id, by_login, wish, asked_at)
     values ($1, $2, $3, $4, $5) returning id`,
    [asked.repositoryId, asked.by.id, asked.by.login, storableJson(asked.wish), asked.at],
  );
  return Number(rows[0]?.id);
}

interface RequestRow {
  readonly id: string;
  readonly repositoryId: string;
  readonly byId: string;
  readonly byLogin: string;
  readonly wish: Wish;
  readonly state: RequestState;
  readonly answer: RequestAnswer | null;
  readonly askedAt: Date;
  readonly finishedAt: Date | null;
}

const REQUEST_COLUMNS = `id, repository_id as "repositoryId", by_id as "byId", by_login as "byLogin", wish, state, answer,
            asked_at as "askedAt", finished_at as "finishedAt"`;

export async function findRequest(database: Queryable, id: number): Promise<StoredRequest | null> {
  const rows = await database.query<RequestRow>(
    `select ${REQUEST_COLUMNS} from holdpoint.request where id = $1`,
    [id],
  );
  return rows[0] === undefined ? null : readRequestRow(rows[0]);
}

/** Whether nobody has begun with it; nobody else begins before this transaction ends. */
export async function lockAskedRequest(transaction: Transaction, id: number): Promise<boolean> {
  const rows = await transaction.query(
    `select 1 from holdpoint.request where id = $1 and state = 'asked' for update`,
    [id],
  );
  return rows.length > 0;
}

/**
 * Moves a request on. A finished one stays as it is: false, and nothing is written, so that a look which comes again changes
 * nothing twice.
 */
export async function settleRequest(
  transaction: Queryable,
  id: number,
  { state, answer, at }: { state: RequestState; answer: RequestAnswer | null; at: Date },
): Promise<boolean> {
  const rows = await transaction.query(
    `update holdpoint.request
        set state = $2, answer = $3, finished_at = case when $2 = 'under-way' then null else $4::timestamptz end
      where id = $1 and state in ('asked', 'under-way') and state <> $2
      returning id`,
    [id, state, answer === null ? null : storableJson(answer), at],
  );
  return rows.length > 0;
}

/** What is to be said of one that is not finished; one that is keeps its answer. */
export async function noteRequestAnswer(
  database: Queryable,
  id: number,
  answer: RequestAnswer,
): Promise<void> {
  await database.query(
    `update holdpoint.request set answer = $2
      where id = $1 and state in ('asked', 'under-way') and answer is distinct from $2::jsonb`,
    [id, storableJson(answer)],
  );
}

/** Forgets what was finished before then, with all that was typed: what was to be sent to Jira of it, too. */
export async function purgeRequests(database: Queryable, before: Date): Promise<void> {
  await database.query(
    `with purged as (delete from holdpoint.request where finished_at < $1 returning repository_id, id)
     delete from holdpoint.effect e using purged
      where e.target = 'ticket:' || purged.repository_id || ':' || purged.id`,
    [before],
  );
}

function readRequestRow(row: RequestRow): StoredRequest {
  const repositoryId = Number(row.repositoryId);
  if (!isRepositoryId(repositoryId)) {
    throw new Fault({ kind: "never-retry", code: "database-damaged", doing: "reading a request" });
  }
  const { wish, state, answer, askedAt, finishedAt } = row;
  const by = { id: Number(row.byId), login: row.byLogin };
  return { id: Number(row.id), repositoryId, by, wish, state, answer, askedAt, finishedAt };
}
