import type { Finding, Verdict } from "./finding.ts";
import type { Policy } from "./policy.ts";

export type Answer = "open" | "held" | "unknown";

/** What a verdict comes to under the policy. `wouldBe` differs from `state` only in `mode: observe`. */
export interface Decision {
  readonly state: Answer;
  readonly wouldBe: Answer;
  /** Why it is open although the verdict does not pass. */
  readonly because: "verdict" | "observe" | "on-unknown";
}

/**
 * Applies the policy's `mode` and `on_unknown` to a verdict. `on_unknown: allow` is for facts that could not
 * be read; a check that is still running, or a person who is waited for, is not such a fact.
 */
export function decisionOf(
  verdict: Pick<Verdict, "outcome" | "findings">,
  policy: Pick<Policy, "mode" | "onUnknown">,
): Decision {
  const { state, because } = enforced(verdict, policy);
  if (policy.mode === "observe" && state !== "open") {
    return { state: "open", wouldBe: state, because: "observe" };
  }
  return { state, wouldBe: state, because };
}

function enforced(
  verdict: Pick<Verdict, "outcome" | "findings">,
  policy: Pick<Policy, "onUnknown">,
): { state: Answer; because: "verdict" | "on-unknown" } {
  if (verdict.outcome === "pass") return { state: "open", because: "verdict" };
  if (verdict.outcome === "fail") return { state: "held", because: "verdict" };
  if (policy.onUnknown === "allow" && !verdict.findings.some(isWaiting)) {
    return { state: "open", because: "on-unknown" };
  }
  return { state: "unknown", because: "verdict" };
}

/** Unknown because it is not over yet, not because nobody answers. */
function isWaiting(finding: Pick<Finding, "outcome" | "code">): boolean {
  return finding.outcome === "unknown" && (finding.code === "running" || finding.code === "fork-not-asked");
}
