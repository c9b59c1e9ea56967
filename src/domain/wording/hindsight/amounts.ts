import { grouped } from "../counted.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How hindsight writes days, lengths of time and shares. */
export function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** `41 h`, `3.5 h`, `20 min`: two digits that mean something. */
export function hours(milliseconds: number): string {
  if (milliseconds > 0 && milliseconds < HOUR) return `${Math.max(1, Math.round(milliseconds / MINUTE))} min`;
  return `${hoursAlone(milliseconds)} h`;
}

/** `41`, `3.5`. */
export function hoursAlone(milliseconds: number): string {
  const tenths = Math.round((milliseconds / HOUR) * 10) / 10;
  return Math.abs(tenths) < 10 ? String(tenths) : grouped(Math.round(tenths));
}

/** `14 days`; hours where it is no whole number of days, or few. */
export function daysOrHours(milliseconds: number): string {
  const days = milliseconds / (24 * HOUR);
  return Number.isInteger(days) && days > 7 ? `${grouped(days)} days` : hours(milliseconds);
}

/** `0.4 %`. */
export function share(part: number): string {
  return `${Number((part * 100).toFixed(6))} %`;
}
