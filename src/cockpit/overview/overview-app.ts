import { Hono } from "hono";
import * as wording from "../../domain/wording/cockpit/overview.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { CockpitEnvironment } from "../person.ts";
import { html } from "../view/html.ts";
import { renderPage } from "../view/page.ts";

/** Every repository that the person may see. */
export function createOverviewApp(_dependencies: CockpitDependencies): Hono<CockpitEnvironment> {
  const app = new Hono<CockpitEnvironment>();
  app.get("/", (context) =>
    renderPage(context, {
      title: wording.overviewTitle(),
      place: { kind: "overview" },
      person: context.get("person"),
      live: "all",
      body: html`<h1>${wording.overviewTitle()}</h1>`,
    }),
  );
  return app;
}
