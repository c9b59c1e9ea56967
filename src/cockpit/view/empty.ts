import { type Html, html, NOTHING } from "./html.ts";
import { octicon, type OcticonName } from "./octicon.ts";

/** Nothing to show, and what that means; within a panel, or (`level` 1) as the whole page. */
export function blank({
  title,
  body,
  action,
  icon,
  level = 3,
}: {
  readonly title: string;
  readonly body: Html | string;
  readonly action?: Html;
  readonly icon?: OcticonName;
  readonly level?: 1 | 2 | 3;
}): Html {
  const heading =
    level === 1
      ? html`<h1 class="hp-blank-title">${title}</h1>`
      : level === 2
        ? html`<h2 class="hp-blank-title">${title}</h2>`
        : html`<h3 class="hp-blank-title">${title}</h3>`;
  return html`<div class="hp-blank">
    ${icon === undefined ? NOTHING : octicon(icon, { size: 24 })} ${heading}
    <div class="hp-blank-body">${body}</div>
    ${action === undefined ? NOTHING : html`<div class="hp-blank-action">${action}</div>`}
  </div>`;
}
