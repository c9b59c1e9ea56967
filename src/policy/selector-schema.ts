import * as z from "zod";
import type { CheckSelector } from "../domain/policy.ts";
import * as wording from "../domain/wording/policy.ts";
import { POLICY_KEYS as about } from "../domain/wording/policy-keys.ts";
import {
  findAppProblem,
  findOwnCheckProblem,
  findOwnContextProblem,
  findWorkflowProblem,
} from "./name-problems.ts";
import { pattern, section, text } from "./schema-parts.ts";

const createKeys = (missing?: string) =>
  section(
    {
      workflow: text(200, findWorkflowProblem).describe(about.workflow).optional(),
      job: pattern().describe(about.job).optional(),
      check: pattern(findOwnCheckProblem).describe(about.check).optional(),
      app: text(100, findAppProblem).describe(about.app).optional(),
      status: pattern(findOwnContextProblem).describe(about.status).optional(),
    },
    wording.A_SELECTOR,
    missing,
  ).meta({
    oneOf: [{ required: ["workflow"] }, { required: ["check"] }, { required: ["status"] }],
    dependentRequired: { job: ["workflow"], app: ["check"] },
  });

/** A check by exactly one source; `missing` is said where one is required and not there. */
export function selector(missing?: string) {
  return createKeys(missing)
    .transform((given, context): CheckSelector => {
      const made = createSelector(given);
      if (typeof made !== "string") return made;
      context.addIssue({ code: "custom", message: made });
      return z.NEVER;
    })
    .describe(about.selector);
}

function createSelector({
  workflow,
  job,
  check,
  app,
  status,
}: z.output<ReturnType<typeof createKeys>>): CheckSelector | string {
  const sources = Object.entries({ workflow, check, status }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  if (sources.length > 1) return wording.selectorWithSources(sources);
  if (job !== undefined && workflow === undefined) return wording.selectorKeyWithout("job", "workflow");
  if (app !== undefined && check === undefined) return wording.selectorKeyWithout("app", "check");
  if (workflow !== undefined) return { kind: "workflow", workflow, job: job ?? null };
  if (check !== undefined) return { kind: "check", check, app: app ?? null };
  if (status !== undefined) return { kind: "status", status };
  return wording.selectorWithoutSource();
}
