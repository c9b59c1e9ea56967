const SHORTEST = 1_000;
/** A header must not switch the checks off for days. */
const LONGEST = 3_600_000;

/**
 * When Jira wants to be asked again, or null. `Retry-After` is seconds or an HTTP date; `X-RateLimit-Reset`
 * is an ISO time. The later one counts, at least a second and at most an hour from now.
 * https://developer.atlassian.com/cloud/jira/platform/rate-limiting
 */
export function readRetryAt(headers: Headers, now: Date): Date | null {
  const waits = [
    readRetryAfter(headers.get("retry-after"), headers.get("date"), now),
    readReset(headers.get("x-ratelimit-reset"), now),
  ].filter((wait) => wait !== null);
  if (waits.length === 0) return null;
  return new Date(now.getTime() + Math.min(Math.max(...waits, SHORTEST), LONGEST));
}

/** Milliseconds from now. A date is measured against the server's own `Date`, whose clock may differ from ours. */
function readRetryAfter(value: string | null, serverDate: string | null, now: Date): number | null {
  if (value === null) return null;
  if (/^[0-9]{1,9}$/.test(value.trim())) return Number(value) * 1_000;
  const at = Date.parse(value);
  if (Number.isNaN(at)) return null;
  const serverNow = Date.parse(serverDate ?? "");
  return at - (Number.isNaN(serverNow) ? now.getTime() : serverNow);
}

function readReset(value: string | null, now: Date): number | null {
  const at = Date.parse(value ?? "");
  return Number.isNaN(at) ? null : at - now.getTime();
}
