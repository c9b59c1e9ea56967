import { checkKey } from "../compliance/check-key.ts";
import { selectsCheck } from "../compliance/selects-check.ts";
import type { CheckSelector } from "../policy.ts";
import type { CheckResult } from "../snapshot.ts";

/** Results that a selector names, the newest of each name and source; governed jobs never count. */
export function selectChecks(
  selector: CheckSelector,
  checks: readonly CheckResult[],
): readonly CheckResult[] {
  const newest = new Map<string, CheckResult>();
  for (const check of checks) {
    if (check.governed || !selectsCheck(selector, check)) continue;
    const key = checkKey(check.name, check.source);
    const other = newest.get(key);
    if (other === undefined || isNewer(check, other)) newest.set(key, check);
  }
  return [...newest.values()];
}

/** Runs are ordered by their number and attempt, never by arrival; elsewhere the later in the list is newer. */
function isNewer({ source: one }: CheckResult, { source: other }: CheckResult): boolean {
  if (one.kind !== "workflow" || other.kind !== "workflow") return true;
  return one.runId === other.runId ? one.attempt >= other.attempt : one.runId > other.runId;
}
