import type { Clock } from "../../clock.ts";
import type { InstallationId } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import { NO_INSTALLATION } from "../../domain/brands.ts";
import type { Caller } from "./caller.ts";

/** Until when an installation must be left alone; kept where every replica sees it. */
export interface SharedPauses {
  readonly until: (installation: InstallationId) => Promise<Date | null>;
  /** Never shortens a pause. */
  readonly extend: (installation: InstallationId, until: Date) => Promise<void>;
  /** One more limit in a row of which GitHub did not say how long it lasts; answers how many there were before. */
  readonly strike: (installation: InstallationId, at: Date) => Promise<number>;
  /** A call went through: the row has ended. */
  readonly calm: (installation: InstallationId) => Promise<void>;
}

export interface Pauses {
  /** Throws a `Fault` with `retryAt` while the caller must be silent. */
  readonly check: (caller: Caller, doing: string) => Promise<void>;
  /** Silences the caller for so long, or (null) for a minute that doubles each time until a call goes through. */
  readonly impose: (caller: Caller, waitSeconds: number | null) => Promise<Date>;
  readonly wentThrough: (caller: Caller) => Promise<void>;
}

/** How old this process's idea of another's pause may be. */
const REMEMBER_MILLISECONDS = 5_000;
const FIRST_UNTOLD_SECONDS = 60;
const LONGEST_UNTOLD_SECONDS = 3_600;

export function createPauses(shared: SharedPauses, clock: Clock): Pauses {
  const remembered = new Map<InstallationId, { until: Date | null; askedAt: number }>();
  /** Those that this process has struck out for; another's are ended by that other. */
  const struck = new Set<InstallationId>();

  async function pauseOf(key: InstallationId): Promise<Date | null> {
    const now = clock.now();
    const known = remembered.get(key);
    if (known !== undefined && known.until !== null && known.until > now) return known.until;
    if (known !== undefined && now.getTime() - known.askedAt < REMEMBER_MILLISECONDS) return null;
    const until = await shared.until(key);
    remembered.set(key, { until, askedAt: now.getTime() });
    return until !== null && until > now ? until : null;
  }

  return {
    check: async (caller, doing) => {
      const until = await pauseOf(keyOf(caller));
      if (until !== null) throw limited(until, doing);
    },
    impose: async (caller, waitSeconds) => {
      const key = keyOf(caller);
      const now = clock.now().getTime();
      const times = waitSeconds === null ? await shared.strike(key, clock.now()) : 0;
      if (waitSeconds === null) struck.add(key);
      const wait = waitSeconds ?? Math.min(FIRST_UNTOLD_SECONDS * 2 ** times, LONGEST_UNTOLD_SECONDS);
      const known = remembered.get(key)?.until?.getTime() ?? 0;
      const until = new Date(Math.max(now + wait * 1_000, known));
      remembered.set(key, { until, askedAt: now });
      await shared.extend(key, until);
      return until;
    },
    wentThrough: async (caller) => {
      if (struck.delete(keyOf(caller))) await shared.calm(keyOf(caller));
    },
  };
}

export function limited(until: Date, doing: string): Fault {
  return new Fault({
    kind: "retry-later",
    code: "github-rate-limited",
    doing,
    retryAt: until,
    detail: wording.githubRateLimited(until),
  });
}

function keyOf(caller: Caller): InstallationId {
  return caller.kind === "app" ? NO_INSTALLATION : caller.installation;
}
