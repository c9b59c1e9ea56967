import type { Queryable } from "../database/database.ts";

/**
 * A refresh token works once, so one request may use it at a time: whoever claims it first, until `until`. Another connection's
 * transaction is never held over a call to GitHub. False: somebody else is at it, or has been.
 */
export async function claimRefresh(
  database: Queryable,
  idHash: Buffer,
  { refreshToken, at, until }: { readonly refreshToken: Buffer; readonly at: Date; readonly until: Date },
): Promise<boolean> {
  const rows = await database.query(
    `update holdpoint.session set refreshing_until = $4
      where id_hash = $1 and refresh_token = $2 and (refreshing_until is null or refreshing_until <= $3)
      returning id_hash`,
    [idHash, refreshToken, at, until],
  );
  return rows.length > 0;
}

/** GitHub did not answer: the next request may try. */
export async function releaseRefresh(database: Queryable, idHash: Buffer): Promise<void> {
  await database.query(`update holdpoint.session set refreshing_until = null where id_hash = $1`, [idHash]);
}

/** The new tokens, sealed, in the place of the old ones. */
export async function replaceTokens(
  database: Queryable,
  idHash: Buffer,
  tokens: {
    readonly accessToken: Buffer;
    readonly accessEndsAt: Date | null;
    readonly refreshToken: Buffer | null;
  },
): Promise<void> {
  await database.query(
    `update holdpoint.session
        set access_token = $2, access_ends_at = $3, refresh_token = $4, refreshing_until = null
      where id_hash = $1`,
    [idHash, tokens.accessToken, tokens.accessEndsAt, tokens.refreshToken],
  );
}
