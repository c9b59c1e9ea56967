import type { Clock } from "./clock.ts";

/** How much somebody may still do in this window of time. */
export interface Allowance {
  /** Seconds until there is more; null: there is some left. */
  readonly waitFor: (who: string) => number | null;
  readonly spend: (who: string) => void;
}

export interface AllowanceOptions {
  readonly limit: number;
  /** Milliseconds. */
  readonly window: number;
  /** Whoever was longest ago is forgotten beyond this many: memory is bounded. */
  readonly remembered: number;
  readonly clock: Clock;
}

interface Spent {
  readonly until: number;
  readonly count: number;
}

/** Counts in windows that begin with the first thing that is counted. */
export function createAllowance({ limit, window, remembered, clock }: AllowanceOptions): Allowance {
  const all = new Map<string, Spent>();

  function current(who: string, now: number): Spent | null {
    const spent = all.get(who);
    return spent === undefined || spent.until <= now ? null : spent;
  }

  return {
    waitFor: (who) => {
      const now = clock.now().getTime();
      const spent = current(who, now);
      return spent === null || spent.count < limit ? null : Math.ceil((spent.until - now) / 1_000);
    },
    spend: (who) => {
      const now = clock.now().getTime();
      const spent = current(who, now);
      all.delete(who);
      all.set(who, { until: spent?.until ?? now + window, count: (spent?.count ?? 0) + 1 });
      const [oldest] = all.keys();
      if (all.size > remembered && oldest !== undefined) all.delete(oldest);
    },
  };
}
