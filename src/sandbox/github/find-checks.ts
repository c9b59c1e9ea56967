import type { CheckRun, CheckSuite, Conclusion, Repository } from "./model.ts";

/** The worst of its newest runs; null while one is under way. */
export function suiteConclusion(suite: CheckSuite): Conclusion | null {
  const newest = newestRuns(suite.runs);
  if (newest.length === 0 || newest.some(({ status }) => status !== "completed")) return null;
  const worst = (
    ["failure", "timed_out", "action_required", "cancelled", "stale", "success", "neutral"] as const
  ).find((conclusion) => newest.some((run) => run.conclusion === conclusion));
  return worst ?? "skipped";
}

/** The newest of each name within each suite, as `filter=latest` has it. */
export function newestRuns(runs: readonly CheckRun[]): readonly CheckRun[] {
  const newest = new Map<string, CheckRun>();
  for (const run of runs) newest.set(`${run.suite.id} ${run.name}`, run);
  return [...newest.values()];
}

export function runsOn(repository: Repository, sha: string): readonly CheckRun[] {
  return [...repository.suites.values()].filter((suite) => suite.sha === sha).flatMap(({ runs }) => runs);
}

export function findRun(repository: Repository, id: number): CheckRun | null {
  for (const { runs } of repository.suites.values()) {
    const run = runs.find((one) => one.id === id);
    if (run !== undefined) return run;
  }
  return null;
}

/** The default branch if it is there, else any other. */
export function branchAt(repository: Repository, sha: string): string | null {
  const names = [...repository.git.refs]
    .filter(([name, at]) => at === sha && name.startsWith("refs/heads/"))
    .map(([name]) => name.slice("refs/heads/".length));
  return names.find((name) => name === repository.defaultBranch) ?? names[0] ?? null;
}
