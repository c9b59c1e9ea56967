import type { CheckSelector } from "../policy.ts";
import type { CheckResult } from "../snapshot.ts";

/** Results that a selector names, the newest of each name and source; governed jobs never count. */
export function selectChecks(
  selector: CheckSelector,
  checks: readonly CheckResult[],
): readonly CheckResult[] {
  const newest = new Map<string, CheckResult>();
  for (const check of checks) {
    if (check.governed || !isSelected(selector, check)) continue;
    const identity = identityOf(check);
    const other = newest.get(identity);
    if (other === undefined || isNewer(check, other)) newest.set(identity, check);
  }
  return [...newest.values()];
}

function isSelected(selector: CheckSelector, { name, source }: CheckResult): boolean {
  switch (selector.kind) {
    case "workflow":
      return (
        source.kind === "workflow" &&
        fileName(source.workflow) === fileName(selector.workflow) &&
        (selector.job === null || selector.job.matches(name))
      );
    case "check":
      return source.kind !== "status" && selector.check.matches(name) && isFromApp(selector.app, source);
    case "status":
      return source.kind === "status" && selector.status.matches(name);
  }
}

/** A job of GitHub Actions is a check run of the app `github-actions`. */
function isFromApp(app: string | null, source: Exclude<CheckResult["source"], { kind: "status" }>): boolean {
  if (app === null) return true;
  return app === (source.kind === "app" ? source.app : "github-actions");
}

function fileName(workflow: string): string {
  return workflow.replace(/^\.github\/workflows\//, "");
}

function identityOf({ name, source }: CheckResult): string {
  switch (source.kind) {
    case "workflow":
      return JSON.stringify(["workflow", fileName(source.workflow), name]);
    case "app":
      return JSON.stringify(["app", source.appId, name]);
    case "status":
      return JSON.stringify(["status", name.toLowerCase()]);
  }
}

/** Runs are ordered by their number and attempt, never by arrival; elsewhere the later in the list is newer. */
function isNewer({ source: one }: CheckResult, { source: other }: CheckResult): boolean {
  if (one.kind !== "workflow" || other.kind !== "workflow") return true;
  return one.runId === other.runId ? one.attempt >= other.attempt : one.runId > other.runId;
}
