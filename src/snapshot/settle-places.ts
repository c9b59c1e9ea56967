import type { Judgement } from "../domain/gate/gate.ts";
import type { Commit, CommitSha, RepositoryFacts } from "../domain/model.ts";
import type { EnvironmentPolicy } from "../domain/policy.ts";
import { readFact } from "./reading.ts";
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

/**
 * Where commits are that left the range: live with a release, or thrown away with a force-push. What cannot be read now is
 * looked for again at the next look; until then they stay as they are.
 */
export async function settlePlaces(
  { github }: Pick<PlaceSources, "github">,
  { repository, environment, head, base, left, trunkHead, readAt }: PlacesQuestion,
): Promise<SettledPlaces> {
  const live: Judgement[] = [];
  const elsewhere: Judgement[] = [];
  if (base !== null && left.length > 0) {
    const shas = await recentCommits(base);
    live.push(...left.filter(({ sha }) => shas.has(sha)));
    for (const one of left.filter(({ sha }) => !shas.has(sha)).slice(0, AT_ONCE)) {
      const reached = await readFact(() => github.isReachable(repository, base, one.sha));
      if (reached.state === "missing" || (reached.state === "known" && reached.value)) live.push(one);
      if (reached.state === "known" && !reached.value) await moveElsewhere(one);
    }
  }
  if (trunkHead !== null) {
    const reached = await readFact(() => github.isReachable(repository, head, trunkHead));
    const unjudged = { environment: environment.name, sha: trunkHead, verdict: null };
    if (reached.state === "known" && !reached.value) await moveElsewhere(unjudged);
  }
  return { live, elsewhere };

  async function recentCommits(of: CommitSha): Promise<ReadonlySet<CommitSha>> {
    const recent = await readFact<readonly Commit[]>(async () => {
      return { state: "known", value: await github.readRecentCommits(repository, of, LIVE_COMMITS) };
    });
    return new Set(recent.state === "known" ? recent.value.map(({ sha }) => sha) : []);
  }

  async function moveElsewhere(one: Pick<Judgement, "environment" | "sha" | "verdict">): Promise<void> {
    const wasLive = await readFact<boolean>(async () => {
      return { state: "known", value: await github.wasDeployed(repository, environment.name, one.sha) };
    });
    if (wasLive.state !== "known") return;
    elsewhere.push({ ...one, place: "elsewhere", wasLive: wasLive.value, readAt });
  }
}
