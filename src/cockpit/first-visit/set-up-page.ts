import type { Context } from "hono";
import * as wording from "../../domain/wording/cockpit/first-visit.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { CockpitEnvironment, Person, VisibleRepository } from "../person.ts";
import { type Html, html } from "../view/html.ts";

/** The page of a repository without a policy: one is written for it from what it has. */
export async function setUp(
  _dependencies: CockpitDependencies,
  _context: Context<CockpitEnvironment>,
  { repository }: { readonly person: Person; readonly repository: VisibleRepository },
): Promise<Html> {
  return html`<h1>${wording.setUpTitle(`${repository.facts.owner}/${repository.facts.name}`)}</h1>`;
}
