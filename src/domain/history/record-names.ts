import type { HistoryKind } from "./happening.ts";

/** What records are called that tell of each kind. Verdicts are told apart by their subject: of a deploy, or of a pull request. */
export const RECORDS: Readonly<Record<HistoryKind, readonly string[]>> = {
  deploy: ["deployed", "deployment-answer", "rollback-permitted", "rollback-by-tool"],
  gate: ["gate", "verdict", "forged-status"],
  halt: ["halt-began", "halt-ended"],
  override: ["override-began", "override-ended", "reason-given"],
  case: [
    "case-opened",
    "case-reminder",
    "case-relapsed",
    "case-verifying",
    "case-unverified",
    "case-expired",
    "case-adopted",
    "case-resolved",
    "extended",
    "reopened",
    "issue-refused",
  ],
  ticket: ["ticket-attached", "ticket-detached", "fill-fields", "move-ticket"],
  policy: ["policy-accepted"],
  refused: [
    "refused",
    "command-refused",
    "ticket-not-changed",
    "ticket-change-refused",
    "attach-ticket-refused",
    "detach-ticket-refused",
  ],
  "pull-request": ["pull-request-verdict"],
};
