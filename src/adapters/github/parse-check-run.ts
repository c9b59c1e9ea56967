import type { CheckResult } from "../../domain/snapshot.ts";
import { fields, integer, optionalFields, optionalText, text } from "./json.ts";

const ACTIONS_APP = "github-actions";
/** J8: somebody may still act; after an hour nobody did. */
const ACTION_REQUIRED_MILLISECONDS = 60 * 60_000;

/** A check run as REST gives it, as far as it is used. */
export interface CheckRun {
  readonly id: number;
  readonly nodeId: string;
  readonly name: string;
  readonly suiteId: number | null;
  readonly app: { readonly id: number; readonly slug: string } | null;
  readonly externalId: string | null;
  /** The conclusion, or the status while there is none. */
  readonly said: string;
  readonly completedAt: string | null;
  readonly url: string | null;
}

export function parseCheckRun(data: unknown): CheckRun {
  const from = fields(data, "check_run");
  const app = optionalFields(from["app"], "app");
  const suite = optionalFields(from["check_suite"], "check_suite");
  return {
    id: integer(from, "id"),
    nodeId: text(from, "node_id"),
    name: text(from, "name"),
    suiteId: suite === null ? null : integer(suite, "id"),
    app: app === null ? null : { id: integer(app, "id"), slug: optionalText(app, "slug") ?? "" },
    externalId: optionalText(from, "external_id"),
    said: optionalText(from, "conclusion") ?? text(from, "status"),
    completedAt: optionalText(from, "completed_at"),
    url: optionalText(from, "html_url"),
  };
}

export function isOfActions(run: CheckRun): boolean {
  return run.app?.slug === ACTIONS_APP;
}

/** GitHub lets `neutral` pass wherever it lets `skipped` pass. What is cancelled or stale says nothing. */
export function stateOfCheckRun({ said, completedAt }: CheckRun, now: Date): CheckResult["state"] {
  switch (said) {
    case "success":
      return "success";
    case "failure":
    case "timed_out":
    case "startup_failure":
      return "failure";
    case "skipped":
    case "neutral":
      return "skipped";
    case "action_required": {
      const since = now.getTime() - Date.parse(completedAt ?? "");
      return since > ACTION_REQUIRED_MILLISECONDS ? "failure" : "running";
    }
    case "queued":
    case "in_progress":
    case "waiting":
    case "requested":
    case "pending":
      return "running";
    default:
      return "no-evidence";
  }
}

/** Whether a job that needs this one is skipped for it. */
export function holdsUpItsDependants({ said }: CheckRun): boolean {
  return ["failure", "timed_out", "startup_failure", "cancelled", "action_required", "stale"].includes(said);
}
