import { checkKey } from "./check-key.ts";
import type { TrunkEvidence, TrunkResult } from "./evidence.ts";
import type { CheckStreak } from "./streak.ts";
import type { StreakGround } from "./track.ts";
import { weighResult } from "./weigh-result.ts";

/** A check run of GitHub Actions, of which only the run's list of jobs says whether it is a job. */
export interface Claim {
  readonly runId: number;
  readonly checkRun: number;
}

const ACTIONS_APP = "github-actions";

/**
 * Steps of any workflow may write check runs under any name, and GitHub puts them among the jobs of some run of that commit.
 * What opens a case or ends one must be a real job; the rest is believed, for it changes nothing.
 */
export function claimsToProve(
  evidence: TrunkEvidence,
  streaks: readonly CheckStreak[],
  ground: StreakGround,
): readonly Claim[] {
  const open = new Set(ground.openCases.map(({ checkKey: key }) => key));
  const wasRed = new Set(
    evidence.results
      .filter((result) => weighResult(result, ground) === "red")
      .map(({ name, source }) => checkKey(name, source)),
  );
  const deciding = streaks.flatMap(({ key, source, now }) => {
    if (source.kind !== "workflow") return [];
    if (now.state === "red") return open.has(key) ? [] : [now.newestRed];
    return now.state === "green" && (open.has(key) || wasRed.has(key)) ? [now.since] : [];
  });
  const claims = deciding.map(({ runId, sequence }) => ({ runId, checkRun: sequence }));
  // 0: the run never came to its jobs.
  return [...claims, ...writtenBySteps(evidence, ground)].filter(({ checkRun }) => checkRun !== 0);
}

/** Of cases about check runs that steps write: all that bear their names, since none was told apart yet. */
function writtenBySteps({ results }: TrunkEvidence, { openCases }: StreakGround): readonly Claim[] {
  const names = new Set(
    openCases
      .filter(({ source }) => source.kind === "app" && source.app === ACTIONS_APP)
      .map(({ name }) => name),
  );
  return results
    .filter(({ name, source }) => source.kind === "workflow" && names.has(name))
    .map(({ runId, sequence }) => ({ runId, checkRun: sequence }));
}

/** The evidence with those check runs known for what they are: written by a step, by no job. */
export function tellApart(evidence: TrunkEvidence, noJobs: readonly Claim[]): TrunkEvidence {
  const written = new Set(noJobs.map(({ checkRun }) => checkRun));
  const results = evidence.results.map((result): TrunkResult =>
    result.source.kind === "workflow" && written.has(result.sequence)
      ? { ...result, source: { kind: "app", app: ACTIONS_APP, appId: 0 }, runId: 0 }
      : result,
  );
  return { ...evidence, results };
}
