import * as wording from "../../domain/wording/cockpit/first-visit.ts";
import * as permissions from "../../domain/wording/cockpit/permissions.ts";
import { Fault } from "../../errors.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { Person } from "../person.ts";
import { linkButton } from "../view/form.ts";
import { type Html, html } from "../view/html.ts";
import { panel } from "../view/panel.ts";
import { stepsPanel } from "./steps-panel.ts";

/** What somebody sees who sees no repository: how the App is installed, what it may do there, and what comes then. */
export async function notInstalled(
  { github, githubUrl, log }: Pick<CockpitDependencies, "github" | "githubUrl" | "log">,
  { login }: Person,
): Promise<Html> {
  const slug = await readSlug(github, log);
  const install =
    slug === null
      ? html`<p>${wording.installAway()}</p>`
      : html`<div class="hp-actions">
          ${linkButton(
            wording.installButton(),
            `${githubUrl}/apps/${encodeURIComponent(slug)}/installations/new`,
            { primary: true },
          )}
          <span class="hp-hint">${wording.installHint()}</span>
        </div>`;
  const rows = permissions.permissionReasons().map(
    ({ what, level, why }) =>
      html`<div>
        <dt>${what} <span class="hp-muted">${level}</span></dt>
        <dd>${why}</dd>
      </div>`,
  );
  return html`<div class="hp-stack">
    <div class="hp-fv-lead">
      <h1>${wording.notInstalledTitle()}</h1>
      <p>${wording.notInstalledLead(login)}</p>
      ${install}
      <p class="hp-muted">${wording.alreadyInstalled()}</p>
    </div>
    <div class="hp-columns">
      ${panel({
        title: wording.mayDoTitle(),
        id: "permissions",
        body: html`<dl class="hp-fv-found">${rows}</dl>`,
      })}
      ${stepsPanel(wording.installSteps())}
    </div>
  </div>`;
}

/** null: GitHub does not answer; the page is there all the same. */
async function readSlug(
  github: CockpitDependencies["github"],
  log: CockpitDependencies["log"],
): Promise<string | null> {
  try {
    return await github.readSlug();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    log.warn("the App's own name could not be read", { error });
    return null;
  }
}
