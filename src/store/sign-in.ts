import type { Queryable } from "../database/database.ts";

/** A sign-in that has begun, as the browser's answer must fit it. */
export interface StoredSignIn {
  readonly browserHash: Buffer;
  /** Sealed. */
  readonly verifier: Buffer;
  readonly returnTo: string;
}

export async function addSignIn(
  database: Queryable,
  {
    stateHash,
    browserHash,
    verifier,
    returnTo,
    endsAt,
  }: StoredSignIn & { readonly stateHash: Buffer; readonly endsAt: Date },
): Promise<void> {
  await database.query(
    `insert into holdpoint.sign_in (state_hash, browser_hash, verifier, return_to, ends_at)
     values ($1, $2, $3, $4, $5)`,
    [stateHash, browserHash, verifier, returnTo, endsAt],
  );
}

/** Once: whoever takes it is the only one. null: there is none, or it came too late. */
export async function takeSignIn(
  database: Queryable,
  stateHash: Buffer,
  at: Date,
): Promise<StoredSignIn | null> {
  const rows = await database.query<StoredSignIn & { readonly endsAt: Date }>(
    `delete from holdpoint.sign_in where state_hash = $1
     returning browser_hash as "browserHash", verifier, return_to as "returnTo", ends_at as "endsAt"`,
    [stateHash],
  );
  const row = rows[0];
  return row === undefined || row.endsAt <= at ? null : row;
}

/** Those that nobody came back from. */
export async function purgeSignIns(database: Queryable, at: Date): Promise<void> {
  await database.query(`delete from holdpoint.sign_in where ends_at <= $1`, [at]);
}
