import type { CheckSource } from "./evidence.ts";

/**
 * A check by its name and source, as one string: results and cases with the same key are about the same check. The case of
 * a status' letters says nothing: GitHub takes `CI/Long` and `ci/long` for one context.
 */
export function checkKey(name: string, source: CheckSource): string {
  switch (source.kind) {
    case "workflow":
      return JSON.stringify(["workflow", workflowFile(source.workflow), name]);
    case "app":
      return JSON.stringify(["app", source.appId, name]);
    case "status":
      return JSON.stringify(["status", name.toLowerCase()]);
  }
}

/** `ci.yml`, for `.github/workflows/ci.yml` too: policies may write either. */
export function workflowFile(workflow: string): string {
  return workflow.replace(/^\.github\/workflows\//, "");
}
