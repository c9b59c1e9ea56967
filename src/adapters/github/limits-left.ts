import type { Clock } from "../../clock.ts";
import type { LimitLeft, ReadsLimits } from "../../ports/installations.ts";
import type { Caller } from "./caller.ts";
import type { Answer } from "./exchange.ts";

/** What answers say of the limits: the newest word of each, of installations alone. */
export interface LimitsLeft extends ReadsLimits {
  readonly note: (caller: Caller, answer: Pick<Answer, "headers">) => void;
}

export function createLimitsLeft(clock: Clock): LimitsLeft {
  const newest = new Map<string, LimitLeft>();
  return {
    note(caller, { headers }) {
      if (caller.kind !== "installation") return;
      const numbers = ["limit", "remaining", "reset"].map((name) =>
        wholeNumber(headers[`x-ratelimit-${name}`]),
      );
      const [limit, remaining, reset] = numbers;
      if (typeof limit !== "number" || typeof remaining !== "number" || typeof reset !== "number") return;
      const { installation: installationId } = caller;
      const resource = headers["x-ratelimit-resource"] ?? "core";
      const left = { installationId, resource, limit, remaining };
      const [resetAt, seenAt] = [new Date(reset * 1_000), clock.now()];
      newest.set(`${installationId} ${resource}`, { ...left, resetAt, seenAt });
    },
    limitsLeft: () => [...newest.values()],
  };
}

function wholeNumber(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,12}$/.test(header) ? Number(header) : null;
}
