import { isEnough } from "../domain/compliance/enough-evidence.ts";
import type { TrunkEvidence } from "../domain/compliance/evidence.ts";
import { type Claim, claimsToProve, tellApart } from "../domain/compliance/look-alikes.ts";
import { readStreaks } from "../domain/compliance/read-streaks.ts";
import type { CheckStreak } from "../domain/compliance/streak.ts";
import type { OpenCase, StreakGround } from "../domain/compliance/track.ts";
import { groupBy } from "../domain/group-by.ts";
import type { Reading, RepositoryFacts } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import { tooManyRunsToProve } from "../domain/wording/evidence.ts";
import type { ReadsTrunk } from "../ports/repository.ts";
import { readFact } from "./reading.ts";

/**
 * One for each workflow run that decides something; past this nobody knows what is a job and what is not. One commit may break
 * every workflow of a large repository, and the next mend them all.
 */
const MAX_RUNS_TO_PROVE = 200;

export interface TrunkQuestion {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly openCases: readonly OpenCase[];
  readonly at: Date;
}

export interface TakenTrunk {
  readonly evidence: TrunkEvidence;
  readonly streaks: readonly CheckStreak[];
}

/**
 * The trunk as it is now, read as far back as its deferred checks and open cases need, with how each check stands. Missing: the
 * branch is not there. One call for a quiet repository, and one more for each workflow run that opens or ends a case.
 */
export async function readTrunk(
  { github }: { readonly github: ReadsTrunk },
  { repository, policy, openCases, at }: TrunkQuestion,
): Promise<Reading<TakenTrunk>> {
  const branch = policy.trunk ?? repository.defaultBranch;
  const governed = policy.deploy.environments.map(({ name }) => name);
  const { checks, hour } = policy.deferred;
  const ground = { checks, openCases, at, hour };
  return await readFact(async () => {
    const evidence = await github.readTrunk(repository, branch, governed, (seen) => isEnough(seen, ground));
    if (evidence.state !== "known") return evidence;
    return await proveJobs(github, repository, evidence.value, ground);
  });
}

/** Asks which of the deciding check runs are jobs, until what decides is proven. */
async function proveJobs(
  github: ReadsTrunk,
  repository: RepositoryFacts,
  seen: TrunkEvidence,
  ground: StreakGround,
): Promise<Reading<TakenTrunk>> {
  const proven = new Set<number>();
  let evidence = seen;
  let asked = 0;
  for (;;) {
    const streaks = readStreaks(evidence, ground);
    const claims = claimsToProve(evidence, streaks, ground).filter(({ checkRun }) => !proven.has(checkRun));
    if (claims.length === 0) return { state: "known", value: { evidence, streaks } };
    const noJobs: Claim[] = [];
    for (const [runId, ofRun] of groupBy(claims, (claim) => claim.runId)) {
      if (asked >= MAX_RUNS_TO_PROVE) {
        return { state: "unknown", because: "truncated", detail: tooManyRunsToProve(asked), retryAt: null };
      }
      asked += 1;
      const jobs = await github.readJobs(
        repository,
        runId,
        ofRun.map(({ checkRun }) => checkRun),
      );
      for (const { checkRun } of ofRun) proven.add(checkRun);
      noJobs.push(...ofRun.filter(({ checkRun }) => !jobs.has(checkRun)));
    }
    evidence = tellApart(evidence, noJobs);
  }
}
