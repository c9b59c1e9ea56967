import { endSession, findSession, type StoredSession } from "../../store/session.ts";
import { readAccessToken, type SessionParts } from "./access-token.ts";
import { liveAt } from "./session-lifetime.ts";

/**
 * Asks GitHub something with the person's token. null: GitHub takes it no more, and the session is over. Throws a `Fault` where
 * GitHub does not answer.
 */
export async function askAsPerson<Told>(
  parts: SessionParts,
  session: StoredSession,
  ask: (accessToken: string) => Promise<Told | null>,
): Promise<Told | null> {
  const token = await readAccessToken(parts, session);
  const told = token === null ? null : await ask(token);
  if (told !== null) return told;
  const { database, clock } = parts;
  const newest = await findSession(database, session.idHash, liveAt(clock.now()));
  // A refresh ends the token before it: whoever was under way with that one asks again with the new one.
  if (newest !== null && !newest.accessToken.equals(session.accessToken)) {
    const newer = await readAccessToken(parts, newest);
    const again = newer === null || newer === token ? null : await ask(newer);
    if (again !== null) return again;
  }
  await endSession(database, session.idHash);
  return null;
}
