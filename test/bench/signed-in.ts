import { randomBytes } from "node:crypto";
import { hashSessionId } from "../../src/cockpit/session/hash-session-id.ts";
import type { Database } from "../../src/database/database.ts";
import { addSession, replaceRights } from "../../src/store/session.ts";

/** What Holdpoint needs so that somebody can be signed in; nobody signs in by it here. */
export const SIGN_IN: Readonly<Record<string, string>> = {
  GITHUB_CLIENT_ID: "bench",
  GITHUB_CLIENT_SECRET: "bench-secret-of-no-value",
  SESSION_SECRET: "bench-session-secret-of-no-value-at-all",
};

const DAY = 86_400_000;

/** Somebody who may write in every repository there is, as if GitHub had just said so; answers their browser's cookie. */
export async function signSomebodyIn(database: Database, userId = 1): Promise<string> {
  const id = randomBytes(32).toString("base64url");
  const idHash = hashSessionId(id);
  const at = new Date();
  await addSession(database, {
    idHash,
    userId,
    login: `person-${String(userId)}`,
    accessToken: Buffer.from("never opened"),
    accessEndsAt: null,
    refreshToken: null,
    at,
    endsAt: new Date(at.getTime() + DAY),
  });
  const rows = await database.query<{ readonly id: string }>("select id from holdpoint.repository", []);
  const rights = rows.map((row) => ({ repositoryId: Number(row.id), permission: "write" }) as const);
  await database.transaction((transaction) => replaceRights(transaction, idHash, rights, at));
  return `holdpoint=${id}`;
}
