import type { Queryable, Transaction } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
import type { CommitSha, RepositoryId, TicketKey } from "../domain/model.ts";
import { growPause } from "../domain/look-again.ts";
import { type Subject, subjectKey } from "../domain/subject.ts";
import type { Verdict } from "../domain/finding.ts";

/** A subject that belongs to one repository and has a head that is judged. */
export type JudgedSubject = Extract<Subject, { kind: "deploy" | "pull-request" | "merge-group" }>;

/** A subject whose looks are fenced: of two that overlap, the one that began later saves. */
export type FencedSubject = JudgedSubject | Extract<Subject, { kind: "compliance" | "gate" | "issue" }>;

/**
 * The number of a look that has begun. Saving asks for it: a look that lost its lease to another replica
 * comes back with an older number and is refused.
 */
export interface LookRun {
  readonly key: string;
  readonly run: number;
  /** How many looks in a row, each by itself, could not read something. */
  readonly pauses: number;
}

/**
 * Counts a look as begun: from now on every earlier look at this subject is refused when it saves. Called before
 * anything is read, so that the look with the highest number is the one with the newest facts. null: the
 * repository is not known, and there is nothing to look at.
 */
export async function beginLook(database: Queryable, subject: FencedSubject): Promise<LookRun | null> {
  const key = subjectKey(subject);
  const rows = await database.query<{ run: string; pauses: number }>(
    `insert into holdpoint.subject as s (key, repository_id, subject, run)
     select $1, id, $3, 1 from holdpoint.repository where id = $2
     on conflict (key) do update set run = s.run + 1, subject = excluded.subject
     returning run, pauses`,
    [key, subject.repositoryId, storableJson(subject)],
  );
  const [row] = rows;
  return row === undefined ? null : { key, run: Number(row.run), pauses: row.pauses };
}

export interface LookResult {
  readonly head: CommitSha | null;
  readonly verdict: Verdict | null;
  readonly at: Date;
  /** When to look again by itself at the earliest, because something could not be read; later each time, unless `urgent`. */
  readonly lookAgainAt: Date | null;
  /** A gate is shut until something is read: the pause does not grow. */
  readonly urgent?: boolean;
  readonly tickets: readonly TicketKey[];
  /** The pull request is closed: nobody looks at it any more. */
  readonly closed: boolean;
}

/** Keeps what a look found; `superseded` when a later look at the same subject has begun. */
export async function saveLook(
  transaction: Transaction,
  look: LookRun,
  result: LookResult,
): Promise<"saved" | "superseded"> {
  const pauses = result.urgent === true ? 0 : look.pauses;
  const rows = await transaction.query(
    `update holdpoint.subject
        set head = $3, verdict = $4, looked_at = $5, look_again_at = $6, closed = $7,
            pauses = case when $6::timestamptz is null then 0 else pauses end,
            head_since = case when head is distinct from $3 then $5 else coalesce(head_since, looked_at, $5) end
      where key = $1 and run = $2
      returning key`,
    [
      look.key,
      look.run,
      result.head,
      result.verdict === null ? null : storableJson(result.verdict),
      result.at,
      result.lookAgainAt === null ? null : growPause(result.lookAgainAt, result.at, pauses),
      result.closed,
    ],
  );
  if (rows.length === 0) return "superseded";
  await replaceTickets(transaction, look.key, result.closed ? [] : result.tickets);
  return "saved";
}

/** Writes only what changed: most looks find the tickets of the look before. */
async function replaceTickets(
  transaction: Transaction,
  key: string,
  tickets: readonly TicketKey[],
): Promise<void> {
  await transaction.query(
    `delete from holdpoint.subject_ticket where subject_key = $1 and not (ticket_key = any ($2::text[]))`,
    [key, tickets],
  );
  if (tickets.length === 0) return;
  await transaction.query(
    `insert into holdpoint.subject_ticket (subject_key, ticket_key)
     select $1, ticket_key from unnest($2::text[]) as carried (ticket_key)
     on conflict do nothing`,
    [key, tickets],
  );
}

/** The head that the deploy of the repository was last judged at; null where it never was. */
export async function findDeployHead(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<CommitSha | null> {
  const rows = await database.query<{ head: CommitSha | null }>(
    `select head from holdpoint.subject where key = $1`,
    [subjectKey({ kind: "deploy", repositoryId })],
  );
  return rows[0]?.head ?? null;
}

/** The head that the subject was last looked at with; null where there was none. */
export async function findHead(database: Queryable, subject: JudgedSubject): Promise<CommitSha | null> {
  const rows = await database.query<{ head: CommitSha | null }>(
    `select head from holdpoint.subject where key = $1`,
    [subjectKey(subject)],
  );
  return rows[0]?.head ?? null;
}

/** Since when the subject is known to be at that head, without a break; null: it is not, as far as was looked. */
export async function findHeadSince(
  database: Queryable,
  subject: JudgedSubject,
  head: CommitSha,
): Promise<Date | null> {
  const rows = await database.query<{ since: Date | null }>(
    `select coalesce(head_since, looked_at) as since from holdpoint.subject where key = $1 and head = $2`,
    [subjectKey(subject), head],
  );
  return rows[0]?.since ?? null;
}

export interface StoredVerdict {
  readonly head: CommitSha;
  readonly verdict: Verdict;
  readonly lookedAt: Date;
}

/** What the last look at the subject found; null where there was none, or nothing to judge. */
export async function findVerdict(
  database: Queryable,
  subject: JudgedSubject,
): Promise<StoredVerdict | null> {
  const rows = await database.query<StoredVerdict>(
    `select head, verdict, looked_at as "lookedAt" from holdpoint.subject
      where key = $1 and head is not null and verdict is not null and not closed`,
    [subjectKey(subject)],
  );
  return rows[0] ?? null;
}

/** The open subjects whose heads carry the ticket. */
export async function listSubjectsCarrying(
  database: Queryable,
  ticketKey: string,
): Promise<readonly Subject[]> {
  const rows = await database.query<{ subject: Subject }>(
    `select s.subject
       from holdpoint.subject_ticket t
       join holdpoint.subject s on s.key = t.subject_key and not s.closed
       join holdpoint.repository r on r.id = s.repository_id and r.gone is null
      where t.ticket_key = $1
      order by s.key`,
    [ticketKey],
  );
  return rows.map(({ subject }) => subject);
}

/**
 * Numbers of the other open pull requests whose heads, when last looked at, were this one or the one that this
 * pull request itself had before: a push to a branch moves all of its pull requests at once.
 */
export async function listNeighbours(
  database: Queryable,
  subject: Extract<Subject, { kind: "pull-request" }>,
  head: CommitSha,
): Promise<readonly number[]> {
  const rows = await database.query<{ number: string }>(
    `select other.subject->>'number' as number
       from holdpoint.subject other
      where other.repository_id = $1 and not other.closed and other.subject->>'kind' = 'pull-request'
        and other.key <> $2
        and (other.head = $3 or other.head = (select own.head from holdpoint.subject own where own.key = $2))`,
    [subject.repositoryId, subjectKey(subject), head],
  );
  return rows.map(({ number }) => Number(number));
}

/** The open subjects of one repository: what a reconciliation looks at again. */
export async function listOpenSubjects(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<readonly Subject[]> {
  const rows = await database.query<{ subject: Subject }>(
    `select subject from holdpoint.subject where repository_id = $1 and not closed order by key`,
    [repositoryId],
  );
  return rows.map(({ subject }) => subject);
}

/**
 * Takes the subjects that are due for another look. Any replica may: rows that another one is taking are
 * passed over, and each due row is taken once.
 */
export async function takeDueLooks(
  transaction: Transaction,
  at: Date,
  limit: number,
): Promise<readonly Subject[]> {
  const rows = await transaction.query<{ subject: Subject }>(
    `with due as (
       select key from holdpoint.subject
        where look_again_at <= $1
        order by look_again_at
        limit $2
        for update skip locked
     )
     update holdpoint.subject s set look_again_at = null, pauses = s.pauses + 1
       from due where s.key = due.key
     returning s.subject`,
    [at, limit],
  );
  return rows.map(({ subject }) => subject);
}
