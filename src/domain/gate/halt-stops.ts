import * as wording from "../wording/gate.ts";
import type { GateFacts } from "./gate.ts";
import { isSameEnvironment, type Stop } from "./stop.ts";

/** Manual halts of the environment, or of all. */
export function haltStops({
  halts,
  environment,
  at,
  policy,
  heldTo,
}: Pick<GateFacts, "halts" | "environment" | "at" | "policy" | "heldTo">): readonly Stop[] {
  const override = (heldTo ?? policy)?.override ?? null;
  return halts
    .filter((halt) => halt.environment === null || isSameEnvironment(halt.environment, environment))
    .filter(({ beganAt, endedAt }) => beganAt.getTime() <= at.getTime() && isAhead(endedAt, at))
    .toSorted((one, other) => one.id - other.id)
    .map((halt) => ({
      gate: "held",
      from: { kind: "halt", by: halt.by },
      reason: {
        kind: "halt",
        code: "halt",
        message: wording.halted(halt),
        since: halt.beganAt,
        until: null,
        who: wording.whoEndsAHalt(halt.by, override),
        url: halt.issueUrl,
      },
    }));
}

function isAhead(moment: Date | null, at: Date): boolean {
  return moment === null || at.getTime() < moment.getTime();
}
