import * as wording from "../../domain/wording/cockpit/operations.ts";
import type { Person } from "../person.ts";
import { type Html, html } from "../view/html.ts";
import { deliveriesPanel } from "./deliveries-panel.ts";
import { effectsPanel } from "./effects-panel.ts";
import { jobsPanel } from "./jobs-panel.ts";
import { limitsPanel } from "./limits-panel.ts";
import { parkedPanel } from "./parked-panel.ts";
import { permissionsPanel } from "./permissions-panel.ts";
import type { Operations } from "./read-operations.ts";
import { repositoriesPanel } from "./repositories-panel.ts";
import { troublesNotice } from "./troubles-notice.ts";

/** What needs somebody first, and what merely goes on beside it. */
export function operationsPage(
  operations: Operations,
  { person, githubUrl, said }: { readonly person: Person; readonly githubUrl: string; readonly said: Html },
): Html {
  return html`<div class="hp-stack">
    <div class="hp-page-head">
      <h1>${wording.operationsTitle()}</h1>
      <p class="hp-muted">${wording.operationsLead(operations.repositories.size)}</p>
    </div>
    ${said} ${troublesNotice(operations)}
    <div class="hp-columns">
      <div class="hp-stack">
        ${permissionsPanel(operations.installations, githubUrl)} ${effectsPanel(operations, person)}
        ${parkedPanel(operations, person)} ${repositoriesPanel(operations, githubUrl)}
      </div>
      <div class="hp-stack">
        ${deliveriesPanel(operations, person)} ${jobsPanel(operations)} ${limitsPanel(operations)}
      </div>
    </div>
  </div>`;
}
