import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/operations.ts";
import type { Person } from "../person.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { mark } from "../view/mark.ts";
import { moment } from "../view/moment.ts";
import { panel } from "../view/panel.ts";
import { parkedRetryForm } from "./parked-panel.ts";
import type { Operations } from "./read-operations.ts";
import { repositoryLink } from "./repository-link.ts";

const STATES = ["processed", "ignored", "received", "failed", "parked"] as const;
const REASON_LIMIT = 300;

/** What came in within a day, and what of it came to no good end. */
export function deliveriesPanel({ deliveries, at }: Operations, person: Person): Html {
  const counts = STATES.map((state) => {
    const count = deliveries.counts[state];
    const tone = count > 0 && (state === "failed" || state === "parked") ? "hp-danger" : "";
    return html`<div class="hp-op-count">
      <dt>${wording.deliveryState(state)}</dt>
      <dd class="${tone}">${count}</dd>
    </div>`;
  });
  const rows = deliveries.troubled.map(({ source, event, reason, at: cameAt, jobId, of }) => {
    const name = wording.deliveryName(source, event);
    return html`<div class="hp-op-row">
      ${mark("fail")}
      <div class="hp-op-what">
        <h3 class="hp-op-name">${name}</h3>
        <p class="hp-muted hp-small">${repositoryLink(of.repository)} · ${moment(cameAt, at)}</p>
        <p class="hp-op-answer">
          ${reason === null ? wording.deliveryWithoutReason() : visibleText(reason, REASON_LIMIT)}
        </p>
        ${jobId === null ? NOTHING : parkedRetryForm({ id: jobId, name, of, person })}
      </div>
    </div>`;
  });
  return panel({
    title: wording.deliveriesTitle(),
    aside: wording.lastDay(),
    id: "deliveries",
    body: html`<dl class="hp-op-counts">${counts}</dl>
      <p class="hp-op-scope">${wording.deliveriesScope()}</p>
      <div class="hp-rows">${rows}</div>`,
  });
}
