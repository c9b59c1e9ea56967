import { type Context, Hono } from "hono";
import * as layout from "../../domain/wording/cockpit/operations.ts";
import * as wording from "../../domain/wording/cockpit/undone-work.ts";
import { findRequest } from "../../store/request.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { CockpitEnvironment } from "../person.ts";
import { awaitRequest, sendRequest } from "../requests/send-request.ts";
import { refuse } from "../session/refuse.ts";
import { readWriteGround } from "../session/write-ground.ts";
import { type Html, NOTHING } from "../view/html.ts";
import { notice } from "../view/notice.ts";
import { renderPage } from "../view/page.ts";
import { requestNotice } from "../view/request-notice.ts";
import { operationsPage } from "./operations-page.ts";
import { readOperations } from "./read-operations.ts";
import { retryParked } from "./retry-parked.ts";

/** A retry is decided in a moment, or its page says that it is under way. */
const PATIENCE = 2_000;

/** How Holdpoint's own work goes, and what failed of it put back to work. */
export function createOperationsApp(dependencies: CockpitDependencies): Hono<CockpitEnvironment> {
  const app = new Hono<CockpitEnvironment>();

  app.get("/operations", async (context) => {
    const person = context.get("person");
    const [operations, said] = await Promise.all([
      readOperations(dependencies, person),
      saidBefore(dependencies, context),
    ]);
    return await renderPage(context, {
      title: layout.operationsTitle(),
      place: { kind: "operations" },
      person,
      live: "all",
      body: operationsPage(operations, { person, githubUrl: dependencies.githubUrl, said }),
    });
  });

  // Below the repository whose work it is, so that who may write there is asked like everywhere else.
  app.post("/:owner/:repo/operations/parked/:id/retry", async (context) => {
    const ground = await readWriteGround(dependencies, context);
    if (ground instanceof Response) return ground;
    const { person, repository } = ground;
    if (repository.right === "read") return await mayNot(context);
    const id = context.req.param("id");
    const found = await retryParked(dependencies, repository.facts, { id, person });
    return context.redirect(`/operations?retried=${found ? "yes" : "no"}`, 303);
  });

  app.post("/:owner/:repo/operations/retry", async (context) => {
    const ground = await readWriteGround(dependencies, context);
    if (ground instanceof Response) return ground;
    const { person, repository, form } = ground;
    if (repository.right === "read") return await mayNot(context);
    const target = form.get("target") ?? "";
    const wish = { kind: "retry-effect", target } as const;
    const request = await sendRequest(dependencies, { person, repository, wish });
    await awaitRequest(dependencies, request, PATIENCE);
    return context.redirect(`/operations?request=${request}`, 303);
  });

  return app;
}

function mayNot(context: Context<CockpitEnvironment>): Promise<Response> {
  return refuse(context, context.get("person"), 403, wording.mayNotRetry(), wording.needsWrite());
}

/** What became of what this person pressed last. */
async function saidBefore(
  { database }: Pick<CockpitDependencies, "database">,
  context: Context<CockpitEnvironment>,
): Promise<Html> {
  const { retried, request } = context.req.query();
  if (retried === "yes") {
    return notice({ tone: "success", title: wording.putBack(), body: wording.putBackWhy() });
  }
  if (retried === "no") {
    return notice({ tone: "attention", title: wording.notParked(), body: wording.notParkedWhy() });
  }
  if (request === undefined || !/^[1-9][0-9]{0,14}$/.test(request)) return NOTHING;
  return requestNotice(await findRequest(database, Number(request)), context.get("person"));
}
