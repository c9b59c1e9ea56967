import { caseHolds, dueAt } from "../compliance/case.ts";
import { earliest } from "../compliance/earliest.ts";
import * as wording from "../wording/gate.ts";
import type { GateFacts } from "./gate.ts";
import { isSameEnvironment, type Stop } from "./stop.ts";

type Case = GateFacts["cases"][number];

/** Cases that hold the environment at that moment: expired ones, and those that are due and not confirmed yet (J12). */
export function caseStops({
  cases,
  environment,
  at,
  policy,
  heldTo,
}: Pick<GateFacts, "cases" | "environment" | "at" | "policy" | "heldTo">): readonly Stop[] {
  const override = (heldTo ?? policy)?.override ?? null;
  return cases
    .filter((one) => concerns(one, environment))
    .toSorted((one, other) => one.id - other.id)
    .flatMap((one): readonly Stop[] => {
      const { id, issueUrl: url } = one;
      const holds = caseHolds(one, at);
      if (holds === "no") return [];
      // A newer run that was waited for may have ended red before its time was up.
      const shared = { since: earliest([dueAt(one), one.expiredAt]), until: null, url };
      const told = { name: one.name, redSince: one.firstRed.at, url };
      const from = { kind: "case", id, name: one.name } as const;
      return holds === "expired"
        ? [
            {
              gate: "held",
              from,
              reason: {
                ...shared,
                kind: "case",
                code: "expired",
                message: wording.caseExpired(told),
                who: wording.whoEndsACase(override),
              },
            },
          ]
        : [
            {
              gate: "unknown",
              from,
              reason: {
                ...shared,
                kind: "unverified",
                code: "expiry-unverified",
                message: wording.expiryUnverified(told),
                who: wording.whoVerifiesAnExpiry(),
              },
            },
          ];
    });
}

/** Whether the case holds that environment when it holds at all. */
export function concerns({ environments }: Pick<Case, "environments">, environment: string): boolean {
  return environments === null || environments.some((one) => isSameEnvironment(one, environment));
}
