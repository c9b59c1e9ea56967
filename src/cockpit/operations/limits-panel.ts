import * as wording from "../../domain/wording/cockpit/operations.ts";
import type { LimitLeft } from "../../ports/installations.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { mark } from "../view/mark.ts";
import { moment } from "../view/moment.ts";
import { panel } from "../view/panel.ts";
import type { InstallationState, Operations } from "./read-operations.ts";

/** Below this share of what is allowed it is time to know. */
const SCARCE = 0.1;
const WIDTH = 200;

/** How often GitHub may still be asked, by account. */
export function limitsPanel({ installations, at }: Operations): Html {
  return panel({
    title: wording.limitsTitle(),
    id: "limits",
    body: html`<div class="hp-rows">${installations.map((one) => installationRow(one, at))}</div>`,
  });
}

function installationRow({ account, limits, pausedUntil }: InstallationState, at: Date): Html {
  const paused =
    pausedUntil === null
      ? NOTHING
      : html`<p class="hp-attention">
          ${mark("warning")} ${wording.pausedUntil()} ${moment(pausedUntil, at)}
        </p>`;
  const current = limits.filter(({ resetAt }) => resetAt > at);
  return html`<div>
    <h3 class="hp-op-name">${account}</h3>
    ${paused}
    ${
      current.length === 0
        ? html`<p class="hp-hint hp-small">${wording.limitUnknown()}</p>`
        : current.map((limit) => limitRow(limit, at))
    }
  </div>`;
}

/** The bar says the same as the words beside it. */
function limitRow({ resource, remaining, limit, resetAt }: LimitLeft, at: Date): Html {
  const share = limit === 0 ? 0 : Math.min(1, remaining / limit);
  const tone = share < SCARCE ? "hp-op-bar-scarce" : "hp-op-bar-fine";
  return html`<div class="hp-op-limit">
    <p>
      <strong>${wording.limitName(resource)}</strong> ${wording.limitLeft(remaining, limit)}
      <span class="hp-muted hp-small">${wording.newOnes()} ${moment(resetAt, at)}</span>
    </p>
    <svg
      class="hp-op-bar"
      viewBox="0 0 ${WIDTH} 6"
      width="100%"
      height="6"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="hp-op-bar-ground" width="${WIDTH}" height="6" />
      <rect class="${tone}" width="${Math.round(share * WIDTH)}" height="6" />
    </svg>
  </div>`;
}
