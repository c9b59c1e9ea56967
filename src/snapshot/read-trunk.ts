import { isEnough } from "../domain/compliance/enough-evidence.ts";
import type { TrunkEvidence } from "../domain/compliance/evidence.ts";
import { readStreaks } from "../domain/compliance/read-streaks.ts";
import type { CheckStreak } from "../domain/compliance/streak.ts";
import type { OpenCase } from "../domain/compliance/track.ts";
import type { Reading, RepositoryFacts } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import type { ReadsTrunk } from "../ports.ts";
import { readFact } from "./reading.ts";

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

/** The trunk as it is now, read as far back as its deferred checks and open cases need. Missing: the branch is not there. */
export async function readTrunk(
  { github }: { readonly github: ReadsTrunk },
  { repository, policy, openCases, at }: TrunkQuestion,
): Promise<Reading<TakenTrunk>> {
  const branch = policy.trunk ?? repository.defaultBranch;
  const governed = policy.deploy.environments.map(({ name }) => name);
  const { checks, hour } = policy.deferred;
  const ground = { checks, openCases, at, hour };
  const evidence = await readFact(() =>
    github.readTrunk(repository, branch, governed, (seen) => isEnough(seen, ground)),
  );
  if (evidence.state !== "known") return evidence;
  return {
    state: "known",
    value: { evidence: evidence.value, streaks: readStreaks(evidence.value, ground) },
  };
}
