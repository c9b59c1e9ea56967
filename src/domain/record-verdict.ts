import { decisionOf } from "./decision.ts";
import type { Effect } from "./effect.ts";
import type { Judged } from "./judged.ts";

/** What the audit keeps of a verdict: enough to say later what was open, held or let through, and why. */
export interface VerdictRecord {
  readonly [name: string]: string | number | null | readonly string[];
}

/** A verdict that was let through although something could not be read is `open` because of `on-unknown`. */
export function recordVerdict(subject: string, { snapshot, verdict, policyState }: Judged): VerdictRecord {
  const { state, wouldBe, because } = decisionOf(verdict, snapshot.policy);
  return {
    what: "verdict",
    subject,
    repository: snapshot.repository.id,
    head: snapshot.head,
    environment: snapshot.kind === "deploy" ? snapshot.environment : null,
    decision: state,
    would_be: wouldBe,
    because,
    policy: policyState?.state === "in-force" ? policyState.source.sha : null,
    findings: verdict.findings
      .filter(({ outcome }) => outcome !== "pass")
      .map(({ rule, outcome, code }) => `${rule}: ${outcome}, ${code}`),
  };
}

/** What the audit keeps where there was nothing to judge, and something is shown nonetheless: why. */
export function recordUnjudged(
  subject: string,
  status: Pick<Extract<Effect, { kind: "status" }>, "repositoryId" | "sha" | "state" | "description">,
): VerdictRecord {
  const decision = status.state === "success" ? "open" : "unknown";
  return {
    what: "verdict",
    subject,
    repository: status.repositoryId,
    head: status.sha,
    environment: null,
    decision,
    would_be: decision,
    because: "nothing-to-judge",
    policy: null,
    findings: [status.description],
  };
}
