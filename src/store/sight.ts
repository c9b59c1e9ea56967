import type { Queryable } from "../database/database.ts";
import { storableJson } from "../database/storable.ts";
import type { CommitSha, RepositoryFacts, RepositoryId } from "../domain/model.ts";
import type { Sight } from "../domain/sight.ts";
import type { Subject } from "../domain/subject.ts";

/** null: the repository was never compared. */
export async function findSight(database: Queryable, repositoryId: RepositoryId): Promise<Sight | null> {
  const rows = await database.query<{ sight: Sight }>(
    `select sight from holdpoint.sight where repository_id = $1`,
    [repositoryId],
  );
  return rows[0]?.sight ?? null;
}

export async function keepSight(
  database: Queryable,
  repositoryId: RepositoryId,
  sight: Sight,
  at: Date,
): Promise<void> {
  await database.query(
    `insert into holdpoint.sight as s (repository_id, sight, seen_at) values ($1, $2, $3)
     on conflict (repository_id) do update
        set sight = excluded.sight, seen_at = excluded.seen_at
      where s.sight is distinct from excluded.sight`,
    [repositoryId, storableJson(sight), at],
  );
}

/**
 * The head of the repository that holds the organisation's defaults, as it was seen last; null: Holdpoint is not installed
 * there, or has not compared it yet.
 */
export async function findOrganisationHead(
  database: Queryable,
  { owner }: Pick<RepositoryFacts, "owner">,
): Promise<string | null> {
  const rows = await database.query<{ head: string | null }>(
    `select s.sight->'heads'->>r.default_branch as head
       from holdpoint.repository r join holdpoint.sight s on s.repository_id = r.id
      where lower(r.owner) = lower($1) and lower(r.name) = '.github' and r.gone is null`,
    [owner],
  );
  return rows[0]?.head ?? null;
}

/** Issues and pull requests by number that something of ours hangs on, whatever labels they bear by now. */
export async function listIssuesOfConcern(
  database: Queryable,
  repositoryId: RepositoryId,
): Promise<ReadonlySet<number>> {
  const rows = await database.query<{ number: string }>(
    `select remote_id as number from holdpoint.effect
      where repository_id = $1 and kind = 'issue' and remote_id is not null
     union select issue_number from holdpoint.halt
            where repository_id = $1 and ended_at is null and issue_number is not null
     union select issue_number from holdpoint.override
            where repository_id = $1 and ended_at is null and issue_number is not null`,
    [repositoryId],
  );
  return new Set(rows.map(({ number }) => Number(number)));
}

/** Those of the comments that Holdpoint has answered. */
export async function listAnswered(
  database: Queryable,
  repositoryId: RepositoryId,
  comments: readonly number[],
): Promise<ReadonlySet<number>> {
  if (comments.length === 0) return new Set();
  const rows = await database.query<{ id: string }>(
    `select desired->>'answersComment' as id from holdpoint.effect
      where repository_id = $1 and kind = 'comment' and (desired->>'answersComment')::bigint = any ($2::bigint[])`,
    [repositoryId, comments],
  );
  return new Set(rows.map(({ id }) => Number(id)));
}

/** Heads of the open subjects that were judged, newest first: where our statuses are shown. */
export async function listShownHeads(
  database: Queryable,
  repositoryId: RepositoryId,
  limit: number,
): Promise<readonly CommitSha[]> {
  const rows = await database.query<{ head: CommitSha }>(
    `select head from holdpoint.subject
      where repository_id = $1 and not closed and head is not null
      group by head order by max(looked_at) desc nulls last limit $2`,
    [repositoryId, limit],
  );
  return rows.map(({ head }) => head);
}

/**
 * Open subjects that were last looked at before then, or never; `withTickets` goes for those that carry a ticket, `givenUp` for those
 * whose newest look was given up after several tries: what a person has to mend first is given up at once.
 */
export async function listStaleSubjects(
  database: Queryable,
  repositoryId: RepositoryId,
  before: { readonly any: Date; readonly withTickets: Date | null; readonly givenUp: Date },
): Promise<readonly Subject[]> {
  const rows = await database.query<{ subject: Subject }>(
    `select subject from holdpoint.subject s
      where repository_id = $1 and not closed
        and (looked_at is null or looked_at < $2
             or looked_at < $3 and exists (select from holdpoint.subject_ticket t where t.subject_key = s.key)
             or exists (select from holdpoint.parked_job p
                         where p.kind = 'look' and p.key = s.key and p.retries > 1
                           and p.parked_at > s.looked_at and p.parked_at < $4))
      order by key`,
    [repositoryId, before.any, before.withTickets, before.givenUp],
  );
  return rows.map(({ subject }) => subject);
}
