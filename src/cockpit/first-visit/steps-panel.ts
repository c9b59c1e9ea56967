import * as wording from "../../domain/wording/cockpit/first-visit.ts";
import { type Html, html } from "../view/html.ts";
import { panel } from "../view/panel.ts";

/** What happens next, in order. */
export function stepsPanel(steps: readonly string[]): Html {
  return panel({
    title: wording.nextTitle(),
    id: "next",
    body: html`<ol class="hp-fv-steps">
      ${steps.map((step) => html`<li>${step}</li>`)}
    </ol>`,
  });
}
