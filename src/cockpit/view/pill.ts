import { visibleText } from "../../domain/escape/visible-text.ts";
import { type Html, html } from "./html.ts";

export type Tone = "danger" | "success" | "attention" | "muted" | "accent";

const LIMIT = 100;

/** A few words set off: a status, a count, what is missing. */
export function pill(text: string, tone: Tone): Html {
  return html`<span class="hp-pill hp-pill-${tone}">${visibleText(text, LIMIT)}</span>`;
}
