import type { CheckSelector } from "../policy.ts";
import { workflowFile } from "./check-key.ts";
import type { CheckSource } from "./evidence.ts";

/** Whether the selector names the check: its source must be the selector's kind, its name must match as a whole. */
export function selectsCheck(
  selector: CheckSelector,
  { name, source }: { readonly name: string; readonly source: CheckSource },
): boolean {
  switch (selector.kind) {
    case "workflow":
      return (
        source.kind === "workflow" &&
        workflowFile(source.workflow) === workflowFile(selector.workflow) &&
        (selector.job === null || selector.job.matches(name))
      );
    case "check":
      return source.kind !== "status" && selector.check.matches(name) && isFromApp(selector.app, source);
    case "status":
      return source.kind === "status" && selector.status.matches(name);
  }
}

/** A job of GitHub Actions is a check run of the app `github-actions`. */
function isFromApp(app: string | null, source: Exclude<CheckSource, { kind: "status" }>): boolean {
  if (app === null) return true;
  return app === (source.kind === "app" ? source.app : "github-actions");
}
