import { createHash } from "node:crypto";
import type { Json } from "./model.ts";
import { Refusal } from "./refusal.ts";

export interface RateLimit {
  /** Throws once everything is spent. */
  readonly check: (authorization: string | null) => void;
  /** Counts a call, unless it was a 304, and gives the headers that say what is left. */
  readonly count: (authorization: string | null, status: number) => Readonly<Record<string, string>>;
  readonly overview: () => Json;
}

const WINDOW_SECONDS = 3_600;
/** Shown where none is enforced. */
const SHOWN_LIMIT = 15_000;

/** So many calls an hour for each token; null counts without refusing. */
export function createRateLimit(limit: number | null, now: () => Date): RateLimit {
  const spent = new Map<string, { resetAt: number; used: number }>();
  const most = limit ?? SHOWN_LIMIT;

  function entryOf(authorization: string | null): { resetAt: number; used: number } {
    // Tokens are not kept in the clear, not even here.
    const key = createHash("sha1")
      .update(authorization ?? "")
      .digest("hex");
    const seconds = Math.floor(now().getTime() / 1_000);
    const known = spent.get(key);
    if (known !== undefined && known.resetAt > seconds) return known;
    const fresh = { resetAt: seconds + WINDOW_SECONDS, used: 0 };
    spent.set(key, fresh);
    return fresh;
  }

  function headers({ resetAt, used }: { resetAt: number; used: number }): Readonly<Record<string, string>> {
    return {
      "x-ratelimit-limit": String(most),
      // Never nothing where nothing is enforced: a caller would stop.
      "x-ratelimit-remaining": String(Math.max(limit === null ? 1 : 0, most - used)),
      "x-ratelimit-used": String(used),
      "x-ratelimit-reset": String(resetAt),
      "x-ratelimit-resource": "core",
    };
  }

  return {
    check: (authorization) => {
      const entry = entryOf(authorization);
      if (limit !== null && entry.used >= limit) {
        throw new Refusal(403, "API rate limit exceeded for installation.", { headers: headers(entry) });
      }
    },
    count: (authorization, status) => {
      const entry = entryOf(authorization);
      if (status !== 304) entry.used += 1;
      return headers(entry);
    },
    overview: () => {
      const reset = Math.floor(now().getTime() / 1_000) + WINDOW_SECONDS;
      const rate = { limit: most, used: 0, remaining: most, reset };
      return { resources: { core: rate, search: rate, graphql: rate }, rate };
    },
  };
}
