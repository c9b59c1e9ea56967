import { type Html, html, NOTHING } from "./html.ts";
import { octicon, type OcticonName } from "./octicon.ts";
import type { Tone } from "./pill.ts";

const ICONS: Readonly<Record<Tone, OcticonName>> = {
  danger: "x-circle",
  success: "check-circle",
  attention: "alert",
  muted: "info",
  accent: "info",
};

/** Something to know before the page is read; it is read out when it appears. */
export function notice({
  tone,
  title,
  body = NOTHING,
}: {
  readonly tone: Tone;
  readonly title: string;
  readonly body?: Html | string;
}): Html {
  return html`<div class="hp-notice hp-notice-${tone}" role="status" aria-live="polite">
    ${octicon(ICONS[tone])}
    <div class="hp-notice-text">
      <p class="hp-notice-title">${title}</p>
      <div class="hp-notice-body">${body}</div>
    </div>
  </div>`;
}
