import { ownCheck } from "../../domain/hindsight/identify-checks.ts";
import type { RecordedResult } from "../../domain/hindsight/read-results.ts";
import type { DeferredPolicy, Policy } from "../../domain/policy.ts";
import { ownCheckName } from "../../domain/wording/hindsight/report.ts";
import { WITHOUT_POLICY } from "../without-policy.ts";
import type { Settings } from "./read-settings.ts";

export type JudgedPolicy = Pick<Policy, "mode" | "deferred" | "deploy" | "trunk">;

const HOUR = 3_600_000;
const GRACE = 72 * HOUR;
const CONFIRM = 1;
const REMIND = [24 * HOUR, 4 * HOUR];

/**
 * The policy that is judged by: the given one, its grace and confirmation replaced where that was asked for. Where it defers nothing, or there is none,
 * the checks are the model's own, or all that were recorded.
 *
 * @param policy null: none was given
 * @param results null: the model's
 */
export function askedPolicy(
  policy: Policy | null,
  settings: Settings,
  results: readonly RecordedResult[] | null,
): JudgedPolicy {
  const { mode, deferred, deploy, trunk } = policy ?? {
    ...WITHOUT_POLICY,
    deferred: { ...WITHOUT_POLICY.deferred, grace: GRACE, remind: REMIND },
  };
  const names =
    results === null
      ? Array.from({ length: settings.model.checks }, (_, index) => ownCheckName(index + 1))
      : [...new Set(results.map(({ check }) => check))];
  const checks: DeferredPolicy["checks"] =
    deferred.checks.length > 0
      ? deferred.checks
      : names.map((name) => ownCheck(name, { grace: deferred.grace, confirm: CONFIRM }));
  return {
    mode,
    deploy,
    trunk,
    deferred: {
      ...deferred,
      checks: checks.map((check) => ({
        ...check,
        grace: settings.grace ?? check.grace,
        confirm: settings.confirm ?? check.confirm,
      })),
    },
  };
}
