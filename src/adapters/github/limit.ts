import type { Answer } from "./exchange.ts";
import { isFields, shownText } from "./json.ts";

/**
 * A limit that GitHub has put on a caller. `waitSeconds` null: GitHub did not say how long, which is at least a minute and
 * longer each time.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export interface Limit {
  readonly kind: "primary" | "secondary";
  readonly waitSeconds: number | null;
}

/** Seconds past the reset, because both sides count in whole seconds. */
const MARGIN_SECONDS = 1;

/** Whether the answer refuses because of a limit; null for every other answer, a 403 for want of permission included. */
export function limitIn(answer: Answer, now: Date): Limit | null {
  const { status, headers, data } = answer;
  const refusedByGraphql = status === 200 && hasRateLimitedError(data);
  if (status !== 403 && status !== 429 && !refusedByGraphql) return null;
  const retryAfter = seconds(headers["retry-after"]);
  if (retryAfter !== null) return { kind: "secondary", waitSeconds: retryAfter + MARGIN_SECONDS };
  if (headers["x-ratelimit-remaining"] === "0" || refusedByGraphql) {
    return { kind: "primary", waitSeconds: secondsToReset(answer, now) };
  }
  if (status === 429 || documentsLimit(data)) return { kind: "secondary", waitSeconds: null };
  return null;
}

/** Whether this answer was the last one allowed before the reset. */
export function isExhausted(answer: Answer): boolean {
  return answer.headers["x-ratelimit-remaining"] === "0";
}

/** By GitHub's own clock where its answer carries it. */
export function secondsToReset(answer: Answer, now: Date): number | null {
  const reset = seconds(answer.headers["x-ratelimit-reset"]);
  if (reset === null) return null;
  const date = Date.parse(answer.headers["date"] ?? "");
  const from = Number.isNaN(date) ? now.getTime() : date;
  return Math.max(0, reset - Math.floor(from / 1_000)) + MARGIN_SECONDS;
}

function seconds(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,12}$/.test(header) ? Number(header) : null;
}

function hasRateLimitedError(data: unknown): boolean {
  if (!isFields(data) || !Array.isArray(data["errors"])) return false;
  const errors: readonly unknown[] = data["errors"];
  return errors.some((error) => isFields(error) && /^RATE_LIMIT(?:ED)?$/.test(shownText(error, "type")));
}

/**
 * A secondary limit may come without any header. Its body then names the page on limits, or speaks of one; a wrong guess only
 * means a pause instead of an error.
 */
function documentsLimit(data: unknown): boolean {
  if (!isFields(data)) return false;
  const page = shownText(data, "documentation_url");
  const message = shownText(data, "message").toLowerCase();
  return page.includes("rate-limit") || message.includes("rate limit") || message.includes("abuse detection");
}
