import type { Judgement } from "../domain/gate/gate.ts";
import type { CommitSha, RepositoryFacts } from "../domain/model.ts";
import type { EnvironmentPolicy } from "../domain/policy.ts";
import type { PlaceSources } from "./sources.ts";

export interface PlacesQuestion {
  readonly repository: RepositoryFacts;
  readonly environment: EnvironmentPolicy;
  readonly head: CommitSha;
  /** What the environment runs; null: nothing, or nobody knows. */
  readonly base: CommitSha | null;
  /** Commits that showed the gate, and are neither the head nor between it and the base any more. */
  readonly left: readonly Judgement[];
  /** The trunk's head, where it is new and not the deploy branch's; else null. */
  readonly trunkHead: CommitSha | null;
  readonly readAt: Date;
}

export interface SettledPlaces {
  /** They went out: nobody flips what they show any more. */
  readonly live: readonly Pick<Judgement, "environment" | "sha">[];
  /** They may not go out from where they stand. */
  readonly elsewhere: readonly Judgement[];
}

/** One page of what is live tells most of them. */
const LIVE_COMMITS = 100;
/** Of the others so many are asked about one by one at each look; the rest waits for the next. */
const AT_ONCE = 5;

/** Where commits are that left the range: live with a release, or thrown away with a force-push. */
export async function settlePlaces(
  { github }: Pick<PlaceSources, "github">,
  { repository, environment, head, base, left, trunkHead, readAt }: PlacesQuestion,
): Promise<SettledPlaces> {
  const live: Judgement[] = [];
  const elsewhere: Judgement[] = [];
  if (base !== null && left.length > 0) {
    const recent = await github.readRecentCommits(repository, base, LIVE_COMMITS);
    const shas = new Set(recent.map(({ sha }) => sha));
    live.push(...left.filter(({ sha }) => shas.has(sha)));
    for (const one of left.filter(({ sha }) => !shas.has(sha)).slice(0, AT_ONCE)) {
      const reached = await github.isReachable(repository, base, one.sha);
      if (reached.state === "unknown") continue;
      if (reached.state === "missing" || reached.value) live.push(one);
      else elsewhere.push({ ...one, place: "elsewhere", wasLive: await wasLive(one.sha), readAt });
    }
  }
  if (trunkHead !== null) {
    const reached = await github.isReachable(repository, head, trunkHead);
    if (reached.state === "known" && !reached.value) {
      const place = { place: "elsewhere", wasLive: await wasLive(trunkHead), verdict: null, readAt } as const;
      elsewhere.push({ environment: environment.name, sha: trunkHead, ...place });
    }
  }
  return { live, elsewhere };

  function wasLive(sha: CommitSha): Promise<boolean> {
    return github.wasDeployed(repository, environment.name, sha);
  }
}
