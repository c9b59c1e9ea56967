import { type Context, Hono } from "hono";
import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/repository.ts";
import { createShownGates } from "../../snapshot/shown-gates.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { findVisible } from "../find-visible.ts";
import { setUp } from "../first-visit/set-up-page.ts";
import { justNow } from "../history/just-now.ts";
import { notFound } from "../not-found.ts";
import type { CockpitEnvironment } from "../person.ts";
import { awaitRequest, sendRequest } from "../requests/send-request.ts";
import { readWriteGround } from "../session/write-ground.ts";
import { blank } from "../view/empty.ts";
import { renderPage } from "../view/page.ts";
import { ROWS_AT_ONCE } from "./contents-panel.ts";
import { pageAddress } from "./page-address.ts";
import { policyUnusable } from "./policy-unusable.ts";
import { readRepositoryView } from "./read-repository-view.ts";
import { repositoryPage } from "./repository-page.ts";
import type { Slice } from "./repository-view.ts";

const QUERY_LENGTH = 100;
const MOST_ROWS = 2_000;
/** It is done in no time where Holdpoint is not busy; else the page says that it is on its way. */
const PATIENCE = 1_500;

/** What a deploy would contain, and what stands in its way. */
export function createRepositoryApp(dependencies: CockpitDependencies): Hono<CockpitEnvironment> {
  const app = new Hono<CockpitEnvironment>();
  const shownGates = createShownGates(dependencies);

  app.get("/:owner/:repo", async (context) => {
    const person = context.get("person");
    const repository = await findVisible(dependencies, person, context.req.param());
    if (repository === null) return await notFound(context, person);
    const view = await readRepositoryView(dependencies, shownGates, {
      repository,
      person,
      environment: context.req.query("environment") ?? null,
      requestId: numberIn(context, "request"),
      slice: sliceOf(context),
    });
    if (view === "no-environment") return await notFound(context, person);
    const { owner, name, id } = repository.facts;
    const page = {
      title: `${owner}/${name}`,
      place: { kind: "repository", repository, tab: "deploy" },
      person,
      live: { repositoryId: id },
    } as const;
    if (view === "archived") {
      const body = blank({
        level: 1,
        title: wording.archivedTitle(),
        body: wording.archived(),
        icon: "archive",
      });
      return await renderPage(context, { ...page, body });
    }
    const { noPolicy, heldTo } = view.gates.policy;
    // What a policy held before it was taken away is held on, and shown.
    const body =
      noPolicy === null || heldTo !== null
        ? repositoryPage(view, await justNow(dependencies, repository))
        : noPolicy === "unusable"
          ? policyUnusable(view)
          : await setUp(dependencies, context, { person, repository });
    return await renderPage(context, { ...page, body });
  });

  app.post("/:owner/:repo/gate/check", async (context) => {
    const ground = await readWriteGround(dependencies, context);
    if (ground instanceof Response) return ground;
    const { person, repository, form } = ground;
    const request = await sendRequest(dependencies, { person, repository, wish: { kind: "check" } });
    await awaitRequest(dependencies, request, PATIENCE);
    const environment = form.get("environment") ?? "";
    return context.redirect(pageAddress(repository.facts, { environment, request }), 303);
  });
  return app;
}

function sliceOf(context: Context): Slice {
  const query = visibleText(context.req.query("q") ?? "", QUERY_LENGTH);
  const from = Math.min(numberIn(context, "from") ?? 0, 100_000);
  const until = numberIn(context, "until") ?? from + ROWS_AT_ONCE;
  return { query, from, until: Math.min(Math.max(until, from + ROWS_AT_ONCE), from + MOST_ROWS) };
}

function numberIn(context: Context, name: string): number | null {
  const text = context.req.query(name) ?? "";
  return /^[1-9][0-9]{0,14}$/.test(text) ? Number(text) : null;
}
