import * as wording from "../../domain/wording/cockpit/operations.ts";
import { type Html, html } from "../view/html.ts";
import { panel } from "../view/panel.ts";
import type { Operations } from "./read-operations.ts";

const KINDS = ["delivery", "look", "effect"] as const;

/** How much waits, in the order in which work flows. */
export function jobsPanel({ jobs }: Operations): Html {
  const rows = KINDS.map((kind) => {
    const { queued, active, parked } = jobs[kind];
    return html`<tr>
      <th scope="row">${wording.jobKind(kind)}</th>
      <td>${queued}</td>
      <td>${active}</td>
      <td class="${parked > 0 ? "hp-danger" : ""}">${parked}</td>
    </tr>`;
  });
  return panel({
    title: wording.jobsTitle(),
    aside: wording.jobsScope(),
    id: "jobs",
    body: html`<table class="hp-op-table">
      <thead>
        <tr>
          ${wording.jobsHead().map((title) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`,
  });
}
