import type { MiddlewareHandler } from "hono";
import { findSession } from "../../store/session.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { CockpitEnvironment } from "../person.ts";
import { readSessionCookie } from "./cookies.ts";
import { hashSessionId } from "./hash-session-id.ts";

/** Nobody comes past here who is not signed in: they are sent to sign in, and back to where they wanted to go. */
export function requirePerson({
  database,
  clock,
  publicUrl,
}: Pick<CockpitDependencies, "database" | "clock" | "publicUrl">): MiddlewareHandler<CockpitEnvironment> {
  return async (context, next) => {
    const cookie = readSessionCookie(context, publicUrl());
    const session = cookie === null ? null : await findSession(database, hashSessionId(cookie), clock.now());
    if (session === null) {
      const wanted = new URL(context.req.url);
      const returnTo = encodeURIComponent(`${wanted.pathname}${wanted.search}`);
      return context.redirect(`/-/sign-in?return_to=${returnTo}`);
    }
    const { userId: id, login, idHash: sessionHash } = session;
    context.set("person", { id, login, sessionHash });
    return await next();
  };
}
