import { visibleText } from "../../escape/visible-text.ts";
import type { CheckYear, EnvironmentYear } from "../../history/year.ts";
import { timeSpan } from "../../time-span.ts";
import { counted } from "../counted.ts";

const NAME_LIMIT = 120;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** The words of the picture of a year. `hour` as in `timeSpan`. */
export function yearTitle(): string {
  return "The last 53 weeks";
}
export function yearAside(): string {
  return "one square is a week";
}
export function yearRegion(): string {
  return "The last 53 weeks, week by week; the newest is on the right";
}
export function nothingRed(): string {
  return "No deferred check was red in the last 53 weeks";
}
export function nothingRedWhy(): string {
  return "Nothing was halted, either. What turns red on the trunk, and how long deploys are halted, is drawn here.";
}
export function checkName(name: string): string {
  return visibleText(name, NAME_LIMIT);
}
export function haltedIn(environment: string): string {
  return `Deploys to ${visibleText(environment, NAME_LIMIT)}`;
}

/** `red 14 times, 61 h in all, past its deadline twice`. */
export function checkTotals({ reds, red, expired }: CheckYear, hour: number): string {
  return `red ${times(reds)}, ${hoursText(red, hour)} in all, ${expired === 0 ? "never past its deadline" : `past its deadline ${times(expired)}`}`;
}
export function environmentTotals({ halted }: EnvironmentYear, hour: number): string {
  return halted === 0 ? "never halted" : `halted for ${hoursText(halted, hour)}`;
}
export function checkWeek(
  week: Date,
  { red, expired }: { readonly red: number; readonly expired: number },
  hour: number,
): string {
  const past = expired === 0 ? "" : `, past its deadline ${times(expired)}`;
  return `${weekName(week)}: ${red === 0 ? "not red" : `red ${hoursText(red, hour)}`}${past}`;
}
export function environmentWeek(week: Date, halted: number, hour: number): string {
  return `${weekName(week)}: ${halted === 0 ? "not halted" : `halted ${hoursText(halted, hour)}`}`;
}
export function moreChecks(count: number): string {
  return `and ${counted(count, "more check")} that ${count === 1 ? "was" : "were"} red for less time`;
}

/** `week of 16 Nov 2026`. */
function weekName(week: Date): string {
  return `Week of ${week.getUTCDate()} ${monthName(week)} ${week.getUTCFullYear()}`;
}
export function monthName(week: Date): string {
  return MONTHS[week.getUTCMonth()] ?? "";
}

/** What the squares mean. */
export function legendNone(): string {
  return "not at all";
}
export function legendSome(): string {
  return "less than a day";
}
export function legendMuch(): string {
  return "up to three days";
}
export function legendMost(): string {
  return "longer";
}
export function legendExpired(): string {
  return "past its deadline";
}
export function legendLabel(): string {
  return "How long in that week";
}

/** The same as a table. */
export function asTable(): string {
  return "The same as a table";
}
export function tableCaption(): string {
  return "Weeks in which something was red or halted, the newest first";
}
export function weekColumn(): string {
  return "Week of";
}
export function whatColumn(): string {
  return "What";
}
export function longColumn(): string {
  return "How long";
}
export function expiredColumn(): string {
  return "Past its deadline";
}

/** `61 h`, `40 min`, `3 d 2 h` is for clocks; here hours add up. */
export function hoursText(milliseconds: number, hour: number): string {
  return milliseconds >= hour ? `${Math.round(milliseconds / hour)} h` : shortTime(milliseconds, hour);
}

function shortTime(milliseconds: number, hour: number): string {
  return milliseconds > 0 && milliseconds < hour / 60
    ? "less than a minute"
    : timeSpan(milliseconds, hour).replace(/ minutes?$/, " min");
}

function times(count: number): string {
  if (count === 1) return "once";
  return count === 2 ? "twice" : `${count} times`;
}
