import { type Context, Hono } from "hono";
import { stream } from "hono/streaming";
import { repositoryPath } from "../../domain/cockpit-paths.ts";
import { layOutYear, yearBegan } from "../../domain/history/year.ts";
import type { RepositoryFacts } from "../../domain/model.ts";
import * as wording from "../../domain/wording/cockpit/history.ts";
import { createShownGates } from "../../snapshot/shown-gates.ts";
import { findYear } from "../../store/year.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { findVisible } from "../find-visible.ts";
import { notFound } from "../not-found.ts";
import type { CockpitEnvironment, VisibleRepository } from "../person.ts";
import { blank } from "../view/empty.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { notice } from "../view/notice.ts";
import { renderPage } from "../view/page.ts";
import { readEnvironments } from "../read-environments.ts";
import { panel } from "../view/panel.ts";
import { filterForm } from "./filter-form.ts";
import { historyList } from "./history-list.ts";
import { filterQuery, placeText, readFilter, readPlace, type ReadFilter } from "./read-filter.ts";
import { type HistoryPage, readHistory } from "./read-history.ts";
import { writeCsv } from "./write-csv.ts";
import { yearPanel } from "./year-panel.ts";

const PAGE = 50;
const CSV_PAGE = 500;

type HistoryContext = Context<CockpitEnvironment>;

/** Everything that happened in a repository, as a list, as a file, and a year of it as a picture. */
export function createHistoryApp(dependencies: CockpitDependencies): Hono<CockpitEnvironment> {
  const { database, clock, githubUrl, hour, log } = dependencies;
  const gates = createShownGates(dependencies);
  const app = new Hono<CockpitEnvironment>();

  app.get("/:owner/:repo/history", async (context) => {
    const person = context.get("person");
    const repository = await findVisible(dependencies, person, context.req.param());
    if (repository === null) return await notFound(context, person);
    const query = new URL(context.req.url).searchParams;
    return await showPage(context, repository, readFilter(query), readPlace(query));
  });

  app.get("/:owner/:repo/history.csv", async (context) => {
    const person = context.get("person");
    const repository = await findVisible(dependencies, person, context.req.param());
    if (repository === null) return await notFound(context, person);
    const read = readFilter(new URL(context.req.url).searchParams);
    if (!read.ok) return await showPage(context, repository, read, null);
    const { facts } = repository;
    context.header("content-type", "text/csv; charset=utf-8");
    context.header("content-disposition", `attachment; filename="${fileName(facts, clock.now())}"`);
    context.header("x-content-type-options", "nosniff");
    context.header("cache-control", "no-store");
    const lines = writeCsv(
      (before) => readHistory({ database }, repository, read.filter, { before, size: CSV_PAGE }),
      hour,
    );
    return stream(
      context,
      async (out) => {
        for await (const line of lines) {
          if (out.aborted) return;
          await out.write(line);
        }
      },
      async (error) =>
        log.error("a history could not be written to its end", { error, repository: facts.id }),
    );
  });

  async function showPage(
    context: HistoryContext,
    repository: VisibleRepository,
    read: ReadFilter,
    place: ReturnType<typeof readPlace>,
  ): Promise<Response> {
    const { facts } = repository;
    const before = place === "damaged" ? null : place;
    const environments = await readEnvironments(gates, facts, clock.now());
    const page = read.ok
      ? await readHistory({ database }, repository, read.filter, { before, size: PAGE })
      : null;
    const isFirst = before === null && filterQuery(read.typed) === "";
    const problems = read.ok ? {} : read.problems;
    return await renderPage(context, {
      title: `${wording.historyTitle()} · ${facts.owner}/${facts.name}`,
      place: { kind: "repository", repository, tab: "history" },
      person: context.get("person"),
      // Older pages do not change.
      ...(before === null && read.ok ? { live: { repositoryId: facts.id } } : {}),
      status: read.ok ? 200 : 400,
      body: html`<div class="hp-stack">
        <h1>${wording.historyTitle()}</h1>
        ${
          place === "damaged"
            ? notice({ tone: "attention", title: wording.newestEntries(), body: wording.cursorUnreadable() })
            : NOTHING
        }
        ${isFirst ? await year(facts, environments) : NOTHING}
        ${panel({
          title: wording.entriesTitle(),
          aside: html`<a href="${repositoryPath(facts)}/history.csv${filterQuery(read.typed)}"
            >${wording.downloadCsv()}</a
          >`,
          id: "history",
          body: html`${filterForm({ repository: facts, environments, typed: read.typed, problems })}
          ${
            page === null
              ? html`<div class="hp-filter-wrong">
                  ${notice({ tone: "attention", title: wording.filterWrong(), body: wording.filterWrongWhy() })}
                </div>`
              : entries(facts, page, read, before !== null)
          }`,
        })}
      </div>`,
    });
  }

  function entries(
    facts: RepositoryFacts,
    { happenings, next }: HistoryPage,
    { typed }: ReadFilter,
    isLater: boolean,
  ): Html {
    if (happenings.length === 0) {
      return filterQuery(typed) === "" && !isLater
        ? blank({ title: wording.nothingYet(), body: wording.nothingYetWhy(), icon: "history" })
        : blank({ title: wording.nothingFound(), body: wording.nothingFoundWhy(), icon: "search" });
    }
    const path = `${repositoryPath(facts)}/history`;
    const newest = isLater
      ? html`<a href="${path}${filterQuery(typed)}">${wording.newestEntries()}</a>`
      : NOTHING;
    const older =
      next === null
        ? NOTHING
        : html`<a href="${path}${filterQuery(typed, { before: placeText(next) })}" rel="next"
            >${wording.olderEntries()}</a
          >`;
    return html`${historyList(happenings, clock.now(), { githubUrl, repository: facts, hour })}
    ${
      isLater || next !== null
        ? html`<nav class="hp-pages" aria-label="${wording.pagesLabel()}">${newest} ${older}</nav>`
        : NOTHING
    }`;
  }

  async function year(facts: RepositoryFacts, environments: readonly string[]): Promise<Html> {
    const now = clock.now();
    const found = await findYear(database, facts.id, yearBegan(now));
    return yearPanel(layOutYear({ ...found, now, environments }), hour);
  }

  return app;
}

/** GitHub's names hold nothing that a file's name must not; whatever else comes is left out all the same. */
function fileName({ owner, name }: RepositoryFacts, now: Date): string {
  const safe = `${owner}-${name}`.replaceAll(/[^A-Za-z0-9._-]/g, "_");
  return `holdpoint-${safe}-${now.toISOString().slice(0, 10)}.csv`;
}
