import type { OverridePolicy } from "../../domain/policy.ts";
import type { Right } from "../person.ts";

/**
 * Whether a form is worth showing. `ask`: in a team or not, GitHub is asked when it counts. This only decides what is shown: who may
 * is decided, from GitHub, when it is done.
 */
export function mayLiftHere(right: Right, { allow }: Pick<OverridePolicy, "allow">): "yes" | "no" | "ask" {
  if (allow.kind === "teams") return "ask";
  return right === "admin" || (right === "write" && allow.permission === "write") ? "yes" : "no";
}

export function mayWriteHere(right: Right): boolean {
  return right !== "read";
}
