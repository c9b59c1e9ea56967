const DAY = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

export interface Axis {
  readonly from: number;
  readonly until: number;
  /** Where a moment stands, in the picture. */
  readonly x: (at: number) => number;
}

export function timeAxis(from: Date, until: Date, left: number, right: number): Axis {
  const [start, end] = [from.getTime(), until.getTime()];
  const scale = (right - left) / Math.max(1, end - start);
  const x = (at: number): number => left + (Math.min(Math.max(at, start), end) - start) * scale;
  return { from: start, until: end, x };
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Weeks, months or years, whichever there is room for. */
export function listTicks({ from, until }: Axis): readonly Tick[] {
  const days = (until - from) / DAY;
  if (days <= 75) return weeks(from, until, days <= 14 ? 1 : 7);
  return months(from, until, days <= 800 ? 1 : 12);
}

function weeks(from: number, until: number, step: number): readonly Tick[] {
  const ticks: Tick[] = [];
  for (let at = Math.ceil(from / DAY) * DAY; at < until; at += step * DAY) {
    const date = new Date(at);
    ticks.push({ at, label: `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""}` });
  }
  return ticks;
}

/** January bears its year. */
function months(from: number, until: number, step: number): readonly Tick[] {
  const first = new Date(from);
  const ticks: Tick[] = [];
  for (let month = first.getUTCMonth() + 1; ; month += 1) {
    const date = new Date(Date.UTC(first.getUTCFullYear(), month, 1));
    if (date.getTime() >= until) return ticks;
    const isJanuary = date.getUTCMonth() === 0;
    if (!isJanuary && step > 1) continue;
    const label = isJanuary ? String(date.getUTCFullYear()) : (MONTHS[date.getUTCMonth()] ?? "");
    ticks.push({ at: date.getTime(), label });
  }
}

/** How many days one bar of activity stands for. */
export function barDays({ from, until }: Axis): number {
  const days = (until - from) / DAY;
  if (days <= 75) return 1;
  return days <= 840 ? 7 : Math.ceil(days / 120);
}

/** How many of the moments fall into each bar; all bars are equally long, and together the whole time. */
export function countBars(axis: Axis, moments: readonly Date[]): readonly number[] {
  const { from, until } = axis;
  const bars = Math.max(1, Math.round((until - from) / DAY / barDays(axis)));
  const counts = Array.from({ length: bars }, () => 0);
  for (const moment of moments) {
    const bar = Math.min(Math.floor(((moment.getTime() - from) / (until - from)) * bars), bars - 1);
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return counts;
}
