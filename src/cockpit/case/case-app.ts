import { type Context, Hono } from "hono";
import { casePath } from "../../domain/cockpit-paths.ts";
import type { CockpitCommand } from "../../domain/requests/request.ts";
import * as wording from "../../domain/wording/cockpit/cases.ts";
import { createShownGates, type ShownGates } from "../../snapshot/shown-gates.ts";
import { findShownCase, listShownCases } from "../../store/shown-case.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { findVisible } from "../find-visible.ts";
import { type FormState } from "../gate-forms/form-state.ts";
import { pageAfter } from "../gate-forms/page-after.ts";
import { readCommand } from "../gate-forms/read-command.ts";
import { notFound } from "../not-found.ts";
import type { CockpitEnvironment, Person, VisibleRepository } from "../person.ts";
import { awaitRequest, sendRequest } from "../requests/send-request.ts";
import { readWriteGround } from "../session/write-ground.ts";
import { renderPage } from "../view/page.ts";
import { caseList } from "./case-list.ts";
import { casePage } from "./case-page.ts";
import { nameOfCase } from "./case-view.ts";
import { readCaseView } from "./read-case-view.ts";

const COMMANDS = ["override", "extend", "resolve"] as const satisfies readonly CockpitCommand["kind"][];

/** Cases: the list, the page of one, and what can be done about it. */
export function createCaseApp(dependencies: CockpitDependencies): Hono<CockpitEnvironment> {
  const app = new Hono<CockpitEnvironment>();
  const gates = createShownGates(dependencies);

  app.get("/:owner/:repo/cases", async (context) => {
    const person = context.get("person");
    const repository = await findVisible(dependencies, person, context.req.param());
    if (repository === null) return await notFound(context, person);
    const { database, clock } = dependencies;
    const { id } = repository.facts;
    const now = clock.now();
    const before = numberIn(context.req.query("before"));
    const list = await listShownCases(database, id, before);
    const held = (await gates.read([id], now)).get(id);
    const overrides = held?.stored.overrides ?? [];
    return await renderPage(context, {
      title: `${wording.casesTitle()} · ${repository.facts.owner}/${repository.facts.name}`,
      place: { kind: "repository", repository, tab: "cases" },
      person,
      live: { repositoryId: id },
      body: caseList({ repository, list, overrides, before, now }),
    });
  });

  app.get("/:owner/:repo/cases/:id", async (context) => {
    const person = context.get("person");
    const repository = await findVisible(dependencies, person, context.req.param());
    const id = numberIn(context.req.param("id"));
    if (repository === null || id === null) return await notFound(context, person);
    const requestId = numberIn(context.req.query("request"));
    return await showCase(dependencies, gates, context, { repository, person, id, requestId, state: null });
  });

  for (const kind of COMMANDS) {
    app.post(`/:owner/:repo/cases/:id/${kind}`, (context) => takeForm(dependencies, gates, context, kind));
  }
  return app;
}

async function showCase(
  dependencies: CockpitDependencies,
  gates: ShownGates,
  context: Context<CockpitEnvironment>,
  given: {
    readonly repository: VisibleRepository;
    readonly person: Person;
    readonly id: number;
    readonly requestId: number | null;
    readonly state: FormState | null;
  },
): Promise<Response> {
  const { repository, person, state } = given;
  const view = await readCaseView(dependencies, gates, given);
  if (view === null) return await notFound(context, person);
  return await renderPage(context, {
    title: `${nameOfCase(view)} · ${repository.facts.owner}/${repository.facts.name}`,
    place: { kind: "repository", repository, tab: "cases" },
    person,
    live: { repositoryId: repository.facts.id },
    ...(state === null ? {} : { status: 422 }),
    body: casePage(view),
  });
}

async function takeForm(
  dependencies: CockpitDependencies,
  gates: ShownGates,
  context: Context<CockpitEnvironment>,
  kind: (typeof COMMANDS)[number],
): Promise<Response> {
  const ground = await readWriteGround(dependencies, context);
  if (ground instanceof Response) return ground;
  const { person, repository, form } = ground;
  const id = numberIn(context.req.param("id"));
  const shown = id === null ? null : await findShownCase(dependencies.database, repository.facts.id, id);
  if (id === null || shown === null) return await notFound(context, person);
  const read = readCommand(kind, form);
  if (read.state !== "read") {
    const problems = read.state === "wrong" ? read.problems : new Map<string, string>();
    const state = { form: kind, typed: form, problems };
    return await showCase(dependencies, gates, context, { repository, person, id, requestId: null, state });
  }
  const on = { kind: "case", firstRed: shown.case.firstRed.sha } as const;
  const wish = { kind: "command", command: read.command, on } as const;
  const request = await sendRequest(dependencies, { person, repository, wish });
  await awaitRequest(dependencies, request);
  return context.redirect(pageAfter(casePath(repository.facts, id), request), 303);
}

function numberIn(text: string | undefined): number | null {
  return text !== undefined && /^[1-9][0-9]{0,14}$/.test(text) ? Number(text) : null;
}
