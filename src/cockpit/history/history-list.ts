import type { Happening } from "../../domain/history/happening.ts";
import { exactMoment } from "../../domain/wording/cockpit/moments.ts";
import { dayName, hourMinute } from "../../domain/wording/cockpit/history.ts";
import { type Html, html } from "../view/html.ts";
import { happeningRow, type RowGround } from "./happening-row.ts";

/** By days, the newest first. */
export function historyList(happenings: readonly Happening[], now: Date, ground: RowGround): Html {
  const days = Map.groupBy(happenings, ({ at }) => at.toISOString().slice(0, 10));
  return html`${[...days].map(
    ([day, all]) =>
      html`<h3 class="hp-day">${dayName(new Date(`${day}T00:00:00Z`), now)}</h3>
        <ol class="hp-happenings">
          ${all.map((one) => happeningRow(one, timeOf(one.at), ground))}
        </ol>`,
  )}`;
}

function timeOf(at: Date): Html {
  return html`<time class="hp-moment" datetime="${at.toISOString()}" title="${exactMoment(at)}"
    >${hourMinute(at)}</time
  >`;
}
