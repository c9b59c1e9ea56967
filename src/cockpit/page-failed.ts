import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import * as wording from "../domain/wording/cockpit/session.ts";
import { Fault } from "../errors.ts";
import type { Log } from "../log.ts";
import { refuse } from "./session/refuse.ts";

/**
 * A page that could not be made. What went wrong is in the log, under a name that the page shows; the page itself tells nothing of
 * it, for it may hold anything.
 */
export async function pageFailed(context: Context, log: Log, error: Error): Promise<Response> {
  const id = randomBytes(6).toString("hex");
  const { method, path } = context.req;
  log.error("a page failed", { id, method, path: path.slice(0, 200), error });
  const passing = error instanceof Fault && error.kind === "retry-later";
  if (passing) context.header("retry-after", "10");
  // Who is signed in is not asked again: that may be what failed.
  return passing
    ? await refuse(context, null, 503, wording.pageUnavailable(), wording.pageUnavailableWhy(id))
    : await refuse(context, null, 500, wording.pageFailed(), wording.pageFailedWhy(id));
}
