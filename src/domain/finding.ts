import type { CommitSha, Outcome, TicketKey } from "./model.ts";

export const RULE_NAMES = [
  "ticket-present",
  "ticket-found",
  "ticket-status",
  "ticket-fields",
  "ticket-complete",
  "not-a-rollback",
  "required-checks",
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

/** One answer of one rule. A rule that has nothing to complain of gives one passing finding. */
export interface Finding {
  readonly rule: RuleName;
  readonly outcome: Outcome;
  /** A pass that people should know about: shown, never holding. */
  readonly warning: boolean;
  /** Machine-readable, stable: `diverged`, `status-not-allowed`, ... */
  readonly code: string;
  /** One sentence: what is wrong, with the values seen. From `domain/wording`. */
  readonly message: string;
  /** The same without what Jira says beyond pass or fail: all that a public repository's readers may see. */
  readonly publicMessage: string;
  readonly commits: readonly CommitSha[];
  readonly tickets: readonly TicketKey[];
}

export interface Verdict {
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  /** Rules that could not run here, and were not asked to: no Jira settings, say. */
  readonly skipped: readonly RuleName[];
}
