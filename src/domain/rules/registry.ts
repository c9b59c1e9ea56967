import type { DeploySnapshot, PullRequestSnapshot } from "../snapshot.ts";
import { notARollback } from "./not-a-rollback.ts";
import { requiredChecks } from "./required-checks.ts";
import type { Rule } from "./rule.ts";
import { ticketComplete } from "./ticket-complete.ts";
import { ticketFields } from "./ticket-fields.ts";
import { ticketFound } from "./ticket-found.ts";
import { ticketPresent } from "./ticket-present.ts";
import { ticketStatus } from "./ticket-status.ts";

/** What is asked at each door, in the order in which people read the answers. */
export const RULES_AT_DEPLOY: readonly Rule<DeploySnapshot>[] = [
  notARollback,
  requiredChecks,
  ticketPresent,
  ticketFound,
  ticketFields,
  ticketStatus,
  ticketComplete,
];

/** So that authors write what is missing before the review. */
export const RULES_AT_PULL_REQUEST: readonly Rule<PullRequestSnapshot>[] = [
  ticketPresent,
  ticketFound,
  ticketFields,
];
