import type { Clock } from "../../clock.ts";

/** Until when which calls are not made. Per process: what another replica was told it will be told, too. */
export interface Pauses {
  /** null: now. */
  readonly until: (key: string) => Date | null;
  readonly pause: (key: string, until: Date) => void;
}

const SHORTEST = 1_000;
/** An answer must not silence Holdpoint for days. */
const LONGEST = 3_600_000;

export function createPauses(clock: Clock): Pauses {
  const pauses = new Map<string, Date>();
  return {
    until(key) {
      const until = pauses.get(key) ?? null;
      if (until === null || until.getTime() > clock.now().getTime()) return until;
      pauses.delete(key);
      return null;
    },
    pause(key, until) {
      const now = clock.now().getTime();
      const wait = Math.min(Math.max(until.getTime() - now, SHORTEST), LONGEST);
      pauses.set(key, new Date(now + wait));
    },
  };
}
