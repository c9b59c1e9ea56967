import { type Context, Hono } from "hono";
import { repositoryPath } from "../../domain/cockpit-paths.ts";
import type { CockpitCommand } from "../../domain/requests/request.ts";
import * as wording from "../../domain/wording/cockpit/gate-forms.ts";
import { createShownGates, type ShownGates } from "../../snapshot/shown-gates.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { notFound } from "../not-found.ts";
import type { CockpitEnvironment } from "../person.ts";
import { awaitRequest, sendRequest } from "../requests/send-request.ts";
import { refuse } from "../session/refuse.ts";
import { readWriteGround, type WriteGround } from "../session/write-ground.ts";
import { linkButton } from "../view/form.ts";
import { html } from "../view/html.ts";
import { notice } from "../view/notice.ts";
import { renderPage } from "../view/page.ts";
import { gateFormsIn } from "./gate-forms.ts";
import { pageAfter } from "./page-after.ts";
import { readCommand, readPlace } from "./read-command.ts";

const COMMANDS = ["override", "halt", "resume", "rollback", "accept-policy"] as const;

/** The forms of the gate: each asks for one command, in the person's name. */
export function createGateFormsApp(dependencies: CockpitDependencies): Hono<CockpitEnvironment> {
  const app = new Hono<CockpitEnvironment>();
  const gates = createShownGates(dependencies);
  for (const kind of COMMANDS) {
    app.post(`/:owner/:repo/gate/${kind}`, (context) => takeForm(dependencies, gates, context, kind));
  }
  return app;
}

async function takeForm(
  dependencies: CockpitDependencies,
  gates: ShownGates,
  context: Context<CockpitEnvironment>,
  kind: CockpitCommand["kind"],
): Promise<Response> {
  const ground = await readWriteGround(dependencies, context);
  if (ground instanceof Response) return ground;
  const { person, repository, form } = ground;
  const on = readPlace(kind, form);
  const read = readCommand(kind, form);
  if (on === null || read.state === "stale") {
    return await refuse(context, person, 400, wording.notSentTitle(), wording.stalePage());
  }
  if (read.state === "wrong")
    return await formAgain(dependencies, gates, context, ground, kind, read.problems);
  const { command } = read;
  const wish = { kind: "command", command, on } as const;
  const id = await sendRequest(dependencies, { person, repository, wish });
  await awaitRequest(dependencies, id);
  const back = repositoryPath(repository.facts, form.get("environment") || null);
  return context.redirect(pageAfter(back, id), 303);
}

/** What was typed, with what is wrong with it. Nothing was asked for. */
async function formAgain(
  { clock }: Pick<CockpitDependencies, "clock">,
  gates: ShownGates,
  context: Context<CockpitEnvironment>,
  { person, repository, form }: WriteGround,
  kind: CockpitCommand["kind"],
  problems: ReadonlyMap<string, string>,
): Promise<Response> {
  const now = clock.now();
  const shown = (await gates.read([repository.facts.id], now)).get(repository.facts.id);
  const environment = form.get("environment") ?? "";
  const gate = shown?.gates.find((one) => one.environment === environment) ?? shown?.gates[0];
  if (shown === undefined || gate === undefined) return await notFound(context, person);
  const given = {
    repository,
    person,
    environment: gate.environment,
    gate,
    waitingSince: shown.stored.waitingSince,
    request: null,
    now,
  };
  const name = kind === "resume" ? `resume-${form.get("halt") ?? ""}` : kind;
  return await renderPage(context, {
    title: wording.notSentTitle(),
    place: { kind: "repository", repository, tab: "deploy" },
    person,
    status: 422,
    body: html`<div class="hp-stack">
      <h1>${wording.notSentTitle()}</h1>
      ${notice({ tone: "attention", title: wording.notSentTitle(), body: wording.notSentWhy() })}
      ${gateFormsIn(given, { form: name, typed: form, problems })}
      <p>${linkButton(wording.backToPage(), repositoryPath(repository.facts, environment || null))}</p>
    </div>`,
  });
}
