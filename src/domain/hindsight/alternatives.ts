import type { DeferredPolicy } from "../policy.ts";

/** A policy that is compared with the one that was asked about. */
export type Change =
  | { readonly kind: "none" }
  | { readonly kind: "grace"; readonly grace: number }
  | { readonly kind: "confirm"; readonly confirm: number };

const LONGER_HOURS = [96, 168] as const;
const CONFIRM = 2;

/** The policy as asked, and those of a longer grace and of a second red run that would have been anything else. */
export function listChanges({
  checks,
  hour,
}: Pick<DeferredPolicy, "checks" | "hour">): readonly [Change, ...Change[]] {
  const graces = LONGER_HOURS.map((hours) => hours * hour).filter((longer) =>
    checks.some(({ grace }) => grace < longer),
  );
  return [
    { kind: "none" },
    ...graces.map((grace) => ({ kind: "grace", grace }) as const),
    ...(checks.some(({ confirm }) => confirm < CONFIRM)
      ? [{ kind: "confirm", confirm: CONFIRM } as const]
      : []),
  ];
}

/** No check gets less than it has. */
export function applyChange(deferred: DeferredPolicy, change: Change): DeferredPolicy {
  const checks = deferred.checks.map((check) => {
    switch (change.kind) {
      case "none":
        return check;
      case "grace":
        return { ...check, grace: Math.max(check.grace, change.grace) };
      case "confirm":
        return { ...check, confirm: Math.max(check.confirm, change.confirm) };
    }
  });
  return { ...deferred, checks };
}
