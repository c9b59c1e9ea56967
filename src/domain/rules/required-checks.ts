import type { Finding } from "../finding.ts";
import type { CheckSelector } from "../policy.ts";
import type { CheckResult, DeploySnapshot } from "../snapshot.ts";
import {
  checksGreen,
  checksNotGreen,
  checksNotRead,
  checksRunning,
  checksWithoutResult,
  nothingAsked,
} from "../wording/rules.ts";
import { reasonInFull, reasonOfUnknown } from "../wording/unread.ts";
import { type HeadRule, complaintsOr, failed, passed, unknown } from "./rule.ts";
import { selectChecks } from "./select-checks.ts";

const rule = "required-checks";

/**
 * A check that still runs is not green, but not red either: it is `unknown`, so that the status is pending
 * while it runs instead of red at every push. `on_unknown: allow` does not open the gate for it (see
 * `domain/decision`). No result at all is a fail: nothing says that one will ever come.
 */
export const requiredChecks: HeadRule<DeploySnapshot> = {
  name: rule,
  question: "Is every required check green on this commit?",
  dependsOn: ["pushes", "checks", "policy"],
  reads: "head",
  evaluate: ({ policy, checks }) => {
    if (policy.requiredChecks.length === 0) return [passed({ rule, code: "off", message: nothingAsked() })];
    if (checks.state === "unknown") {
      return [
        unknown({
          rule,
          code: checks.because,
          message: checksNotRead(reasonInFull(checks)),
          publicMessage: checksNotRead(reasonOfUnknown(checks.because)),
        }),
      ];
    }
    return judge(policy.requiredChecks, checks.state === "known" ? checks.value : []);
  },
};

function judge(selectors: readonly CheckSelector[], results: readonly CheckResult[]): readonly Finding[] {
  const selected = selectors.map((selector) => ({ selector, checks: selectChecks(selector, results) }));
  const silent = selected.filter(({ checks }) => checks.length === 0).map(({ selector }) => selector);
  const checks = [...new Set(selected.flatMap((one) => one.checks))];
  const red = checks.filter(({ state }) => !isGreen(state) && state !== "running");
  const running = checks.filter(({ state }) => state === "running");
  const complaints: Finding[] = [];
  if (red.length > 0) complaints.push(failed({ rule, code: "not-green", message: checksNotGreen(red) }));
  if (silent.length > 0) {
    complaints.push(failed({ rule, code: "no-result", message: checksWithoutResult(silent) }));
  }
  if (running.length > 0) {
    const message = checksRunning(running.map(({ name }) => name));
    complaints.push(unknown({ rule, code: "running", message }));
  }
  return complaintsOr(complaints, passed({ rule, code: "ok", message: checksGreen(checks.length) }));
}

function isGreen(state: CheckResult["state"]): boolean {
  return state === "success" || state === "skipped";
}
