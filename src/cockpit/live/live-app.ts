import { Hono } from "hono";
import { isRepositoryId } from "../../domain/brands.ts";
import { asError } from "../../errors.ts";
import { listSeenIds } from "../../store/seen-repositories.ts";
import { findSession } from "../../store/session.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { notFound } from "../not-found.ts";
import type { CockpitEnvironment } from "../person.ts";
import { createFreshRights } from "../session/fresh-rights.ts";
import { liveAt } from "../session/session-lifetime.ts";
import { createStreams, type ReadVisible, type StreamLimits } from "./streams.ts";

type Parts = Pick<CockpitDependencies, "database" | "clock" | "log" | "signIn" | "changes">;

const LIMITS: StreamLimits = { perSession: 20, overall: 2_000, gather: 100, heartbeat: 20_000 };

/**
 * Server-sent events: that something changed, and of which repository; what, the page reads itself. A stream tells only of what
 * its person may see, and ends when the session does.
 */
export function createLiveApp(
  dependencies: Parts,
  limits: Partial<StreamLimits> = {},
): Hono<CockpitEnvironment> {
  const { database, changes } = dependencies;
  const streams = createStreams(createReadVisible(dependencies), { ...LIMITS, ...limits });
  changes.subscribe(streams.tell, streams.endAll);
  const app = new Hono<CockpitEnvironment>();
  app.get("/-/live", async (context) => {
    const person = context.get("person");
    const visible = await listSeenIds(database, person.sessionHash);
    const asked = context.req.query("repository");
    const repositoryId = asked === undefined ? null : Number(asked);
    if (repositoryId !== null && !(isRepositoryId(repositoryId) && visible.has(repositoryId))) {
      return await notFound(context, person);
    }
    context.header("content-type", "text/event-stream; charset=utf-8");
    context.header("cache-control", "no-store");
    // Proxies that gather answers would hold events back.
    context.header("x-accel-buffering", "no");
    // Nobody would read the stream of an answer without a body.
    if (context.req.method === "HEAD") return context.body(null);
    const stream = streams.open({ session: person.sessionHash.toString("hex"), repositoryId }, visible);
    return stream === null ? context.body(null, 429, { "retry-after": "30" }) : context.body(stream);
  });
  return app;
}

function createReadVisible(parts: Parts): ReadVisible {
  const { database, clock, log } = parts;
  const freshRights = createFreshRights(parts);
  return async (name) => {
    const idHash = Buffer.from(name, "hex");
    try {
      const session = await findSession(database, idHash, liveAt(clock.now()));
      if (session === null || (await freshRights(session)) !== "fresh") return null;
      return await listSeenIds(database, idHash);
    } catch (error) {
      log.warn("open pages could not be told whether they may go on", { error: asError(error) });
      return null;
    }
  };
}
