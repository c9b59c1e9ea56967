import type { RepositoryFacts } from "../model.ts";
import { decideGate } from "./decide-gate.ts";
import type { GateAnswer, GateFacts, Reason } from "./gate.ts";

/** A tool asked the gate for a rollback, and it is open for that alone. */
export interface ToolRollback {
  /** The token's name. */
  readonly token: string;
  readonly repository: RepositoryFacts;
  readonly facts: Pick<GateFacts, "policy" | "heldTo" | "environment" | "sha">;
  /** What would hold it. */
  readonly past: readonly Reason[];
}

/**
 * What holds this commit, where the gate is open because a rollback was asked for and for nothing else. null: it would be open
 * all the same (nothing holds, the policy observes, somebody lifted it or was permitted the rollback), or it is not open.
 */
export function rolledPast(facts: GateFacts, answer: GateAnswer): readonly Reason[] | null {
  if (facts.intent !== "rollback" || answer.decision !== "open") return null;
  if (!answer.reasons.some(({ code }) => code === "rollback")) return null;
  const otherwise = decideGate({ ...facts, intent: "deploy" });
  if (otherwise.decision === "open") return null;
  return otherwise.reasons.filter(
    ({ kind, message }) => kind !== "override" && !answer.reasons.some((kept) => kept.message === message),
  );
}
