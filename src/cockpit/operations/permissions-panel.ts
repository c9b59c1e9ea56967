import * as operationsWording from "../../domain/wording/cockpit/operations.ts";
import * as wording from "../../domain/wording/cockpit/permissions.ts";
import { linkButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { outsideUrl } from "../view/links.ts";
import { mark } from "../view/mark.ts";
import { panel } from "../view/panel.ts";
import type { InstallationState } from "./read-operations.ts";

/** What GitHub does not let Holdpoint do, and what stops working because of it; nothing where all is given. */
export function permissionsPanel(installations: readonly InstallationState[], githubUrl: string): Html {
  const rows = installations.flatMap((installation) => {
    const { missing, account } = installation;
    if (missing === null) return [];
    const permissions = missing.permissions.map(
      (one) =>
        html`<li>
          <strong>${wording.permissionWanted(one)}</strong>
          <span class="hp-muted">(${wording.permissionHas(one)})</span><br />
          ${wording.whatStops(one)}
        </li>`,
    );
    const events =
      missing.events.length === 0 ? NOTHING : html`<li>${wording.missingEvents(missing.events)}</li>`;
    return [
      html`<div class="hp-op-row">
        ${mark("warning")}
        <div class="hp-op-what">
          <h3 class="hp-op-name">${wording.missingTitle(account, missing)}</h3>
          <ul class="hp-op-list">
            ${permissions} ${events}
          </ul>
          <p class="hp-hint hp-small">${wording.whoAccepts(account)}</p>
        </div>
        <div class="hp-op-act">
          ${linkButton(wording.acceptAtGitHub(), pageOf(installation, githubUrl), { small: true })}
        </div>
      </div>`,
    ];
  });
  if (rows.length === 0) return NOTHING;
  return panel({
    title: operationsWording.permissionsTitle(),
    id: "permissions",
    body: html`<div class="hp-rows">${rows}</div>`,
  });
}

/** As GitHub told it, if that is at GitHub; else where every installation of a person's is. */
function pageOf({ id, granted }: InstallationState, githubUrl: string): string {
  const told = granted?.page === null || granted === null ? null : outsideUrl(granted.page);
  if (told !== null && new URL(told).origin === new URL(githubUrl).origin) return told;
  return `${githubUrl}/settings/installations/${id}`;
}
