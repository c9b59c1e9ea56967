import type { CheckSelector } from "./policy.ts";

/** The same text for selectors that name the same checks. */
export function selectorText(selector: CheckSelector): string {
  switch (selector.kind) {
    case "workflow":
      return JSON.stringify(["workflow", selector.workflow, selector.job?.pattern ?? null]);
    case "check":
      return JSON.stringify(["check", selector.check.pattern, selector.app]);
    case "status":
      return JSON.stringify(["status", selector.status.pattern]);
  }
}
