import type { Context, MiddlewareHandler } from "hono";
import { findSession, noteSeen, type StoredSession } from "../../store/session.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { CockpitEnvironment } from "../person.ts";
import { answerStranger } from "./answer-stranger.ts";
import { dropSessionCookie, readSessionCookie } from "./cookies.ts";
import { createFreshRights } from "./fresh-rights.ts";
import { hashSessionId } from "./hash-session-id.ts";
import { rightsUnread } from "./rights-unread.ts";
import { liveAt } from "./session-lifetime.ts";

type Parts = Pick<CockpitDependencies, "database" | "clock" | "log" | "publicUrl" | "signIn">;

/** Not every request writes that the person is there. */
const NOTE_EVERY = 300_000;

/**
 * Nobody comes past here who is not signed in: they are sent to sign in, and back to where they wanted to go. Whoever comes past is
 * shown what GitHub lets them see, or let them see at most five minutes ago.
 */
export function requirePerson(parts: Parts): MiddlewareHandler<CockpitEnvironment> {
  const { database, clock, publicUrl } = parts;
  const freshRights = createFreshRights(parts);
  return async (context, next) => {
    const cookie = readSessionCookie(context, publicUrl());
    const session =
      cookie === null ? null : await findSession(database, hashSessionId(cookie), liveAt(clock.now()));
    if (session === null) return await answerStranger(parts, context);
    const rights = await freshRights(session);
    if (rights === "over") {
      dropSessionCookie(context, publicUrl());
      return await answerStranger(parts, context);
    }
    const { userId: id, login, idHash: sessionHash } = session;
    const person = { id, login, sessionHash };
    if (rights === "unread") {
      const { rightsReadAt: readAt } = session;
      return await rightsUnread(context, { person, readAt, now: clock.now(), publicUrl: publicUrl() });
    }
    if (isLongUnseen(session, clock.now()) && isByPerson(context)) {
      await noteSeen(database, sessionHash, clock.now());
    }
    context.set("person", person);
    return await next();
  };
}

function isLongUnseen({ seenAt }: StoredSession, now: Date): boolean {
  return now.getTime() - seenAt.getTime() >= NOTE_EVERY;
}

/** Not what an open page asks for by itself, because something changed. */
function isByPerson({ req }: Context): boolean {
  if (req.method !== "GET") return true;
  if (req.header("accept")?.includes("text/event-stream") === true) return false;
  return req.header("hx-request") === undefined || req.header("hx-boosted") !== undefined;
}
