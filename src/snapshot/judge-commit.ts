import { evaluate } from "../domain/evaluate.ts";
import type { Verdict } from "../domain/finding.ts";
import type { Judgement } from "../domain/gate/gate.ts";
import type { CommitSha, Reading, RepositoryFacts } from "../domain/model.ts";
import type { EnvironmentPolicy, Policy } from "../domain/policy.ts";
import { wasSeenLive } from "../store/live-commit.ts";
import { readPlace } from "./read-place.ts";
import { readFact } from "./reading.ts";
import type { PlaceSources } from "./sources.ts";
import { takeDeploySnapshot } from "./take-deploy-snapshot.ts";

export interface CommitQuestion {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  /** null: the policy names none, and nothing is judged but where the commit stands. */
  readonly environment: EnvironmentPolicy | null;
  /** The name under which it is answered. */
  readonly name: string;
  readonly sha: CommitSha;
  /** Whether it was live there before matters: somebody wants to go back to it. */
  readonly asksForRollback: boolean;
}

/**
 * Everything about one commit for one environment, read from GitHub and Jira now: base(environment)..sha, not the head's.
 * Missing: there is no such commit. Unknown: where it stands could not be read; what else could not be read is in the verdict.
 */
export async function judgeCommit(
  sources: PlaceSources,
  question: CommitQuestion,
): Promise<Reading<Judgement>> {
  // Before anything is read: a fact may be as old as the first of them.
  const readAt = sources.clock.now();
  const { environment, name, sha } = question;
  const place = await readFact(() => readPlace(sources, question));
  if (place.state !== "known") return place;
  const mayHaveBeenLive = question.asksForRollback || place.value === "elsewhere";
  const [wasLive, verdict] = await Promise.all([
    mayHaveBeenLive ? readFact(() => readWasLive(sources, question)) : notAsked(),
    environment === null ? nothingJudged() : judge(sources, { ...question, environment }),
  ]);
  if (wasLive.state !== "known") return wasLive;
  if (verdict.state === "unknown") return verdict;
  const judged = verdict.state === "known" ? verdict.value : null;
  const judgement = {
    environment: name,
    sha,
    place: place.value,
    wasLive: wasLive.value,
    verdict: judged,
    readAt,
  };
  return { state: "known", value: judgement };
}

/**
 * By where its base branch was seen, or by deployments: in spite of its name a base branch's environment has those too, where a
 * deploy tool makes them.
 */
async function readWasLive(
  { github, database }: Pick<PlaceSources, "github" | "database">,
  { repository, environment, name, sha }: CommitQuestion,
): Promise<Reading<boolean>> {
  if (await wasSeenLive(database, repository.id, { environment: name, sha })) {
    return { state: "known", value: true };
  }
  const base = environment?.base;
  const names = new Set(base?.kind === "deployment" ? [base.environment, name] : [name]);
  for (const one of names) {
    if (await github.wasDeployed(repository, one, sha)) return { state: "known", value: true };
  }
  return { state: "known", value: false };
}

async function judge(
  sources: PlaceSources,
  question: CommitQuestion & { readonly environment: EnvironmentPolicy },
): Promise<Reading<Verdict>> {
  return await readFact(async () => {
    const taken = await takeDeploySnapshot(sources, question);
    if (taken.state !== "known") return taken;
    return { state: "known", value: evaluate(taken.value.snapshot, taken.value.carriage) };
  });
}

async function notAsked(): Promise<Reading<boolean>> {
  return { state: "known", value: false };
}

async function nothingJudged(): Promise<Reading<Verdict>> {
  return { state: "missing", detail: "" };
}
