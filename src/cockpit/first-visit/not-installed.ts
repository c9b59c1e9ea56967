import * as wording from "../../domain/wording/cockpit/first-visit.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { Person } from "../person.ts";
import { type Html, html } from "../view/html.ts";

/** What somebody sees who sees no repository: how the App is installed. */
export async function notInstalled(
  _dependencies: CockpitDependencies,
  _person: Person,
): Promise<Html> {
  return html`<h1>${wording.notInstalledTitle()}</h1>`;
}
