import { type Html, html, NOTHING } from "./html.ts";

/** A card with a title: `aside` stands at the title's end. */
export function panel({
  title,
  aside,
  id,
  body,
}: {
  readonly title: string;
  readonly aside?: Html | string;
  readonly id: string;
  readonly body: Html;
}): Html {
  return html`<section class="hp-panel" id="${id}" aria-labelledby="${id}-title">
    <div class="hp-panel-head">
      <h2 class="hp-panel-title" id="${id}-title">${title}</h2>
      ${aside === undefined ? NOTHING : html`<div class="hp-panel-aside">${aside}</div>`}
    </div>
    ${body}
  </section>`;
}
