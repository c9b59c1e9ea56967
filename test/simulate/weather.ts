import { createDice } from "./dice.ts";

export type Service = "github" | "jira" | "slack";

/**
 * What befalls one call. `unreachable`: it does not get there. `answer-lost`: it is done, and nobody hears of it. `lagging`: answered
 * from before the newest changes.
 */
export type Fate =
  | "arrives"
  | "unreachable"
  | "answer-lost"
  | "server-error"
  | "page"
  | "truncated"
  | "primary-limit"
  | "secondary-limit"
  | "not-found"
  | "lagging";

/** Outages and bad luck, from the seed: the same call at the same moment has the same fate, whatever else is done. */
export interface Weather {
  readonly fateOf: (service: Service, method: string, path: string) => Fate;
  /** From now until then nothing gets through to it. */
  readonly outage: (service: Service, until: Date) => void;
  /** No more bad luck, and every outage is over; until it is called with false. */
  readonly calm: (calm: boolean) => void;
  readonly isCalm: () => boolean;
}

const BAD_LUCK = 0.006;

export function createWeather(seed: number, now: () => Date): Weather {
  const until = new Map<Service, number>();
  const asked = new Map<string, number>();
  let calm = false;

  function luckOf(service: Service, method: string, path: string): Fate {
    const words = `${service} ${method} ${path} ${String(now().getTime())}`;
    const nth = (asked.get(words) ?? 0) + 1;
    // Only calls of one moment can be alike.
    if (asked.size > 10_000) asked.clear();
    asked.set(words, nth);
    const dice = createDice("weather", seed, words, nth);
    if (!dice.chance(BAD_LUCK)) return "arrives";
    const writes = method !== "GET" && !path.includes("/graphql");
    return dice.weighted<Fate>([
      ["unreachable", 3],
      ["answer-lost", 3],
      ["server-error", 4],
      ["page", 1],
      ["truncated", service === "github" ? 1 : 0],
      ["secondary-limit", service === "github" && writes ? 1 : 0],
      ["primary-limit", service === "github" ? 0.3 : 0],
      ["not-found", service === "github" && !writes ? 1 : 0],
      ["lagging", service === "github" && !writes ? 4 : 0],
    ]);
  }

  return {
    fateOf(service, method, path) {
      if (calm) return "arrives";
      if ((until.get(service) ?? 0) > now().getTime()) return "unreachable";
      return luckOf(service, method, path);
    },
    outage: (service, end) => void until.set(service, Math.max(end.getTime(), until.get(service) ?? 0)),
    calm(is) {
      calm = is;
      if (is) until.clear();
    },
    isCalm: () => calm,
  };
}
