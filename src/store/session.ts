import type { Queryable, Transaction } from "../database/database.ts";
import { readRepositoryRow, type RepositoryRow, type StoredRepository } from "./repository.ts";
import { SEEN_REPOSITORIES } from "./seen-repositories.ts";

export type StoredRight = "read" | "write" | "admin";

export interface NewSession {
  readonly idHash: Buffer;
  readonly userId: number;
  readonly login: string;
  /** Sealed. */
  readonly accessToken: Buffer;
  readonly accessEndsAt: Date | null;
  readonly refreshToken: Buffer | null;
  readonly at: Date;
  readonly endsAt: Date;
}

export interface StoredSession {
  readonly idHash: Buffer;
  readonly userId: number;
  readonly login: string;
  readonly accessToken: Buffer;
  readonly accessEndsAt: Date | null;
  readonly refreshToken: Buffer | null;
  /** null: never. */
  readonly rightsReadAt: Date | null;
  /** When the person last did something, give or take some minutes. */
  readonly seenAt: Date;
  readonly endsAt: Date;
}

export async function addSession(database: Queryable, session: NewSession): Promise<void> {
  await database.query(
    `insert into holdpoint.session
            (id_hash, user_id, login, access_token, access_ends_at, refresh_token, began_at, seen_at, ends_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
    [
      session.idHash,
      session.userId,
      session.login,
      session.accessToken,
      session.accessEndsAt,
      session.refreshToken,
      session.at,
      session.endsAt,
    ],
  );
}

/** null: there is none, or it is over, or the person did nothing since `seenSince`. */
export async function findSession(
  database: Queryable,
  idHash: Buffer,
  { at, seenSince }: { readonly at: Date; readonly seenSince: Date },
): Promise<StoredSession | null> {
  const rows = await database.query<Omit<StoredSession, "userId"> & { readonly userId: string }>(
    `select id_hash as "idHash", user_id as "userId", login, access_token as "accessToken",
            access_ends_at as "accessEndsAt", refresh_token as "refreshToken", rights_read_at as "rightsReadAt",
            seen_at as "seenAt", ends_at as "endsAt"
       from holdpoint.session where id_hash = $1 and ends_at > $2 and seen_at > $3`,
    [idHash, at, seenSince],
  );
  const row = rows[0];
  return row === undefined ? null : { ...row, userId: Number(row.userId) };
}

/** Revoked: the cookie opens nothing from now on. */
export async function endSession(database: Queryable, idHash: Buffer): Promise<void> {
  await database.query(`delete from holdpoint.session where id_hash = $1`, [idHash]);
}

/** They have renamed themselves. */
export async function replaceLogin(database: Queryable, idHash: Buffer, login: string): Promise<void> {
  await database.query(`update holdpoint.session set login = $2 where id_hash = $1`, [idHash, login]);
}

/** The person did something. */
export async function noteSeen(database: Queryable, idHash: Buffer, at: Date): Promise<void> {
  await database.query(`update holdpoint.session set seen_at = $2 where id_hash = $1 and seen_at < $2`, [
    idHash,
    at,
  ]);
}

/** Sessions that are over, and their rights with them. */
export async function purgeSessions(
  database: Queryable,
  { at, seenSince }: { readonly at: Date; readonly seenSince: Date },
): Promise<void> {
  await database.query(`delete from holdpoint.session where ends_at <= $1 or seen_at <= $2`, [at, seenSince]);
}

export interface SessionRight {
  readonly repositoryId: number;
  readonly permission: StoredRight;
}

/** What GitHub lets the person see replaces what it let them see before. A session that ended meanwhile gets none. */
export async function replaceRights(
  transaction: Transaction,
  idHash: Buffer,
  rights: readonly SessionRight[],
  at: Date,
): Promise<void> {
  const sessions = await transaction.query(
    `update holdpoint.session set rights_read_at = $2 where id_hash = $1 returning id_hash`,
    [idHash, at],
  );
  if (sessions.length === 0) return;
  await transaction.query(
    `delete from holdpoint.session_right where id_hash = $1 and not (repository_id = any ($2::bigint[]))`,
    [idHash, rights.map(({ repositoryId }) => repositoryId)],
  );
  await transaction.query(
    `insert into holdpoint.session_right (id_hash, repository_id, permission)
     select $1, * from unnest($2::bigint[], $3::text[])
     on conflict (id_hash, repository_id) do update set permission = excluded.permission`,
    [idHash, rights.map(({ repositoryId }) => repositoryId), rights.map(({ permission }) => permission)],
  );
}

/** One right, as GitHub says now; null: it is gone. */
export async function replaceRight(
  database: Queryable,
  idHash: Buffer,
  repositoryId: number,
  permission: StoredRight | null,
): Promise<void> {
  if (permission === null) {
    await database.query(`delete from holdpoint.session_right where id_hash = $1 and repository_id = $2`, [
      idHash,
      repositoryId,
    ]);
    return;
  }
  await database.query(
    `update holdpoint.session_right set permission = $3
      where id_hash = $1 and repository_id = $2 and permission <> $3`,
    [idHash, repositoryId, permission],
  );
}

export interface SeenRepository {
  readonly repository: StoredRepository;
  readonly permission: StoredRight;
  /** How many compliance cases have not ended: its pages say so in their header. */
  readonly openCases: number;
}

/** null: the person may not see it, or Holdpoint does not know it, or may do nothing for it any more. */
export async function findSeenRepository(
  database: Queryable,
  idHash: Buffer,
  { owner, name }: { readonly owner: string; readonly name: string },
): Promise<SeenRepository | null> {
  const rows = await database.query<
    RepositoryRow & { readonly permission: StoredRight; readonly openCases: number }
  >(
    `select r.id, r.installation_id as "installationId", r.owner, r.name, r.default_branch as "defaultBranch",
            r.private, r.archived, r.gone, s.permission,
            (select count(*)::integer from holdpoint.compliance_case c
              where c.repository_id = r.id and c.end_as is null) as "openCases"
       from ${SEEN_REPOSITORIES}
      where lower(r.owner) = lower($2) and lower(r.name) = lower($3)
      order by r.updated_at desc
      limit 1`,
    [idHash, owner, name],
  );
  const row = rows[0];
  if (row === undefined) return null;
  return { repository: readRepositoryRow(row), permission: row.permission, openCases: row.openCases };
}
