import { decideGate } from "./decide-gate.ts";
import type { GateAnswer, GateFacts, Reason } from "./gate.ts";
import type { Override } from "./override.ts";

/** What keeps the gate shut, or would in `mode: observe`. What was lifted is told beside it, and keeps nothing. */
export function blocking({ wouldBe, reasons }: Pick<GateAnswer, "wouldBe" | "reasons">): readonly Reason[] {
  if (wouldBe === "open") return [];
  return reasons.filter(({ kind, code }) => kind !== "override" && code !== "never-live");
}

/** What an override would lift of what holds now, and what would hold in spite of it. */
export interface Lifted {
  /** Codes of reasons, each once. */
  readonly codes: readonly string[];
  readonly left: readonly Reason[];
}

/** Tries the override on the facts; its own codes say what it is meant for. Some reasons nobody can lift. */
export function tryOverride(
  facts: GateFacts,
  tried: Override & { readonly scope: { readonly kind: "reasons" } },
): Lifted {
  const after = decideGate({ ...facts, at: tried.beganAt, overrides: [...facts.overrides, tried] });
  const left = blocking(after);
  const codes = tried.scope.codes.filter((code) => !left.some((reason) => reason.code === code));
  return { codes, left };
}
