import { Hono } from "hono";
import * as wording from "../../domain/wording/cockpit/overview.ts";
import { createShownGates } from "../../snapshot/shown-gates.ts";
import { listSeenRepositories } from "../../store/overview.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { notInstalled } from "../first-visit/not-installed.ts";
import type { CockpitEnvironment } from "../person.ts";
import { renderPage } from "../view/page.ts";
import { readOverviewFilter } from "./overview-filter.ts";
import { byUrgency, overviewRow } from "./overview-row.ts";
import { overviewView } from "./overview-view.ts";

/** Every repository that the person may see: two queries, however many. */
export function createOverviewApp(dependencies: CockpitDependencies): Hono<CockpitEnvironment> {
  const { database, clock } = dependencies;
  const shownGates = createShownGates(dependencies);
  const app = new Hono<CockpitEnvironment>();
  app.get("/", async (context) => {
    const person = context.get("person");
    const seen = await listSeenRepositories(database, person.sessionHash);
    const page = {
      title: wording.overviewTitle(),
      place: { kind: "overview" },
      person,
      live: "all",
    } as const;
    if (seen.length === 0) {
      return await renderPage(context, { ...page, body: await notInstalled(dependencies, person) });
    }
    const now = clock.now();
    const gates = await shownGates.read(
      seen.map(({ facts }) => facts.id),
      now,
    );
    const rows = seen.map((one) => overviewRow(one, gates.get(one.facts.id))).toSorted(byUrgency);
    const body = overviewView(rows, readOverviewFilter(context.req.query()), now);
    return await renderPage(context, { ...page, body });
  });
  return app;
}
