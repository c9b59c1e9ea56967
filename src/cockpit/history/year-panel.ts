import type { Year } from "../../domain/history/year.ts";
import * as wording from "../../domain/wording/cockpit/year.ts";
import { blank } from "../view/empty.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { panel } from "../view/panel.ts";
import { yearTable } from "./year-table.ts";
import { legendSquare, monthStrip, type Strip, yearStrip } from "./year-strip.ts";

const MOST_CHECKS = 20;
const DAY_HOURS = 24;
/** A month that begins in the last columns would stand half outside. */
const ROOM_FOR_A_NAME = 2;

/** How often and how long each deferred check was red, and deploys were halted: a year on one glance. */
export function yearPanel(year: Year, hour: number): Html {
  const { weeks, checks, environments } = year;
  const isEmpty = checks.length === 0 && environments.every(({ halted }) => halted === 0);
  if (isEmpty) {
    return panel({
      title: wording.yearTitle(),
      id: "year",
      body: blank({ title: wording.nothingRed(), body: wording.nothingRedWhy(), icon: "calendar" }),
    });
  }
  const shown = checks.slice(0, MOST_CHECKS);
  const left = checks.length - shown.length;
  const rows = [
    ...shown.map((check) => {
      const cells = check.cells.map((cell, index) => ({
        level: levelOf(cell.red, hour),
        marked: cell.expired > 0,
        title: wording.checkWeek(weeks[index] ?? new Date(0), cell, hour),
      }));
      return yearRow(wording.checkName(check.name), wording.checkTotals(check, hour), "red", cells);
    }),
    ...environments.map((one) => {
      const cells = one.cells.map((halted, index) => ({
        level: levelOf(halted, hour),
        marked: false,
        title: wording.environmentWeek(weeks[index] ?? new Date(0), halted, hour),
      }));
      return yearRow(wording.haltedIn(one.name), wording.environmentTotals(one, hour), "halted", cells);
    }),
  ];
  return panel({
    title: wording.yearTitle(),
    aside: wording.yearAside(),
    id: "year",
    body: html`<div class="hp-year" role="region" aria-label="${wording.yearRegion()}" tabindex="0">
        <div class="hp-year-inner">
          <div class="hp-year-row hp-year-months">
            <div></div>
            ${monthStrip(monthsOf(weeks), weeks.length)}
          </div>
          ${rows}
        </div>
      </div>
      ${left > 0 ? html`<p class="hp-year-more">${wording.moreChecks(left)}</p>` : NOTHING} ${legend()}
      ${yearTable(year, hour)}`,
  });
}

function yearRow(name: string, totals: string, tone: Strip["tone"], cells: Strip["cells"]): Html {
  return html`<div class="hp-year-row">
    <div class="hp-year-name">
      <span class="hp-year-what">${name}</span> <span class="hp-year-totals">${totals}</span>
    </div>
    ${yearStrip({ label: `${name}: ${totals}`, tone, cells })}
  </div>`;
}

function levelOf(milliseconds: number, hour: number): 0 | 1 | 2 | 3 {
  if (milliseconds <= 0) return 0;
  const days = milliseconds / (DAY_HOURS * hour);
  if (days < 1) return 1;
  return days < 3 ? 2 : 3;
}

function monthsOf(weeks: readonly Date[]): readonly { readonly index: number; readonly name: string }[] {
  return weeks.flatMap((week, index) => {
    const before = weeks[index - 1];
    const begins = before !== undefined && before.getUTCMonth() !== week.getUTCMonth();
    return begins && index < weeks.length - ROOM_FOR_A_NAME ? [{ index, name: wording.monthName(week) }] : [];
  });
}

function legend(): Html {
  const steps = [
    ["hp-year-red-0", wording.legendNone()],
    ["hp-year-red-1", wording.legendSome()],
    ["hp-year-red-2", wording.legendMuch()],
    ["hp-year-red-3", wording.legendMost()],
    ["hp-year-red-3 hp-year-marked", wording.legendExpired()],
  ] as const;
  return html`<ul class="hp-year-legend" aria-label="${wording.legendLabel()}">
    ${steps.map(([name, text]) => html`<li>${legendSquare(name)} ${text}</li>`)}
  </ul>`;
}
