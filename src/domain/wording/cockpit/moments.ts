const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** From here on hours are noise. */
const LONG = 10 * DAY;

/**
 * Two units at most: `8 s`, `12 min`, `5 h 12 min`, `3 d 2 h`, `12 d`. `assets/moments.js` says it with the same words, because
 * browsers count on by themselves.
 */
export function lasting(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < DAY) {
    return pair(Math.floor(length / HOUR), "h", Math.floor((length % HOUR) / MINUTE), "min");
  }
  if (length < LONG) return pair(Math.floor(length / DAY), "d", Math.floor((length % DAY) / HOUR), "h");
  return `${Math.floor(length / DAY)} d`;
}

/** `in 5 h 12 min`, `3 min ago`, `just now`. */
export function relativeMoment(at: Date, now: Date): string {
  const ahead = at.getTime() - now.getTime();
  if (Math.abs(ahead) < SECOND) return "just now";
  return ahead > 0 ? `in ${lasting(ahead)}` : `${lasting(-ahead)} ago`;
}

/** `2026-11-21 06:49:12 UTC`: what a pointer that rests on a time is shown. */
export function exactMoment(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** `14:03 UTC`, `yesterday 16:20 UTC`, `Thu 09:40 UTC`, `3 Oct 09:40 UTC`, `3 Oct 2025`. */
export function clockMoment(at: Date, now: Date): string {
  const clock = `${at.toISOString().slice(11, 16)} UTC`;
  const days = Math.floor(now.getTime() / DAY) - Math.floor(at.getTime() / DAY);
  if (days === 0) return clock;
  if (days === 1) return `yesterday ${clock}`;
  if (days === -1) return `tomorrow ${clock}`;
  if (days > 1 && days < 7) return `${WEEKDAYS[at.getUTCDay()] ?? ""} ${clock}`;
  const date = `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()] ?? ""}`;
  return at.getUTCFullYear() === now.getUTCFullYear() ? `${date} ${clock}` : `${date} ${at.getUTCFullYear()}`;
}

/** `14:03` of today, in UTC; else the day alone: `Thu`, `3 Oct`, `Oct 2025`. */
export function shortMoment(at: Date, now: Date): string {
  const days = Math.floor(now.getTime() / DAY) - Math.floor(at.getTime() / DAY);
  if (days === 0) return at.toISOString().slice(11, 16);
  if (days > 0 && days < 7) return WEEKDAYS[at.getUTCDay()] ?? "";
  const month = MONTHS[at.getUTCMonth()] ?? "";
  return at.getUTCFullYear() === now.getUTCFullYear()
    ? `${at.getUTCDate()} ${month}`
    : `${month} ${at.getUTCFullYear()}`;
}

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
