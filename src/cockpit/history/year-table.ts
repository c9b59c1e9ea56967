import type { Year } from "../../domain/history/year.ts";
import * as wording from "../../domain/wording/cockpit/year.ts";
import { type Html, html } from "../view/html.ts";

/** What the picture shows, to be read: a line for each week in which something was red or halted. */
export function yearTable({ weeks, checks, environments }: Year, hour: number): Html {
  const lines = weeks
    .flatMap((week, index) => [
      ...checks.flatMap(({ name, cells }) => {
        const { red, expired } = cells[index] ?? { red: 0, expired: 0 };
        return red > 0 ? [{ week, what: wording.checkName(name), long: red, expired }] : [];
      }),
      ...environments.flatMap(({ name, cells }) => {
        const halted = cells[index] ?? 0;
        return halted > 0 ? [{ week, what: wording.haltedIn(name), long: halted, expired: null }] : [];
      }),
    ])
    .toReversed();
  return html`<details class="hp-year-table">
    <summary>${wording.asTable()}</summary>
    <div class="hp-scroll" role="region" aria-label="${wording.tableCaption()}" tabindex="0">
      <table class="hp-table">
        <caption>
          ${wording.tableCaption()}
        </caption>
        <thead>
          <tr>
            <th scope="col">${wording.weekColumn()}</th>
            <th scope="col">${wording.whatColumn()}</th>
            <th scope="col">${wording.longColumn()}</th>
            <th scope="col">${wording.expiredColumn()}</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map(
            ({ week, what, long, expired }) =>
              html`<tr>
                <td>${week.toISOString().slice(0, 10)}</td>
                <th scope="row">${what}</th>
                <td>${wording.hoursText(long, hour)}</td>
                <td>${expired === null ? "" : String(expired)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
