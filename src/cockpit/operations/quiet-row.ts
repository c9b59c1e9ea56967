import { type Html, html } from "../view/html.ts";
import { mark } from "../view/mark.ts";

/** In the place of rows: nothing is wrong here, and what would stand here. */
export function quietRow(title: string, why: string): Html {
  return html`<div class="hp-rows">
    <div class="hp-op-row">
      ${mark("pass")}
      <div class="hp-op-what">
        <h3 class="hp-op-name">${title}</h3>
        <p class="hp-muted hp-small">${why}</p>
      </div>
    </div>
  </div>`;
}
