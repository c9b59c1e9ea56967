import type { RepositoryId } from "../model.ts";
import type { Step } from "./issue-question.ts";

/** What the audit keeps of a step. */
export interface StepRecord {
  readonly [name: string]: string | number | boolean | null | readonly number[];
}

/** Who did what, when GitHub says it happened, and what came of it. */
export function recordStep(step: Step, repositoryId: RepositoryId, issueNumber: number): StepRecord {
  const { event } = step;
  const shared = {
    what: step.what,
    repository: repositoryId,
    issue: issueNumber,
    by: event.by?.login ?? null,
    by_id: event.by?.id ?? null,
    event: event.id,
    done: event.what,
    label: event.label,
    at: event.at.toISOString(),
  };
  switch (step.what) {
    case "override-began":
      return {
        ...shared,
        source: step.source,
        cases: step.caseIds,
        until: step.endsAt.toISOString(),
        because: null,
        reason: step.awaitsReason ? "awaited" : "none given",
      };
    case "override-ended":
    case "halt-began":
    case "halt-ended":
      return { ...shared, source: step.source };
    case "refused":
      return { ...shared, because: step.why, team: step.team };
    case "reopened":
      return { ...shared, waiting_for: event.byCommit };
  }
}
