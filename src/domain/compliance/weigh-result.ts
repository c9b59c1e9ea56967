import type { TrunkResult } from "./evidence.ts";

/** What a result proves of its commit. `running`: it may still say either; `nothing`: it never will. */
export type Weight = "red" | "green" | "running" | "nothing";

/**
 * J8: red is what failed, green is success and nothing else; what was skipped, cancelled or neutral says nothing of the
 * commit. GitHub's words are those of a check run's conclusion or of a status; an unknown word is no evidence.
 */
export function weighResult(
  { said, at }: Pick<TrunkResult, "said" | "at">,
  now: { readonly at: Date; readonly hour: number },
): Weight {
  switch (said) {
    case "failure":
    case "timed_out":
    case "startup_failure":
    case "error":
      return "red";
    case "success":
      return "green";
    case "action_required":
      // Somebody may still act; after an hour nobody did.
      return now.at.getTime() - at.getTime() > now.hour ? "red" : "running";
    case "running":
    case "pending":
    case "expected":
      return "running";
    default:
      return "nothing";
  }
}
