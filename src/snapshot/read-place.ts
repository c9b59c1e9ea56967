import type { Place } from "../domain/gate/gate.ts";
import type { CommitSha, Reading, RepositoryFacts } from "../domain/model.ts";
import type { EnvironmentPolicy, Policy } from "../domain/policy.ts";
import { findMergeGroup } from "../store/merge-group.ts";
import type { PlaceSources } from "./sources.ts";

export interface PlaceQuestion {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  /** null: the policy names no environments, and so no base branches. */
  readonly environment: EnvironmentPolicy | null;
  readonly sha: CommitSha;
}

/**
 * Where a commit stands (J2). Missing: there is no such commit. A deploy branch that does not exist reaches nothing, and nobody
 * knows whether the commit exists: unknown.
 */
export async function readPlace(
  sources: Pick<PlaceSources, "github" | "database">,
  { repository, policy, environment, sha }: PlaceQuestion,
): Promise<Reading<Place>> {
  const { github } = sources;
  const branch = policy.deploy.branch ?? policy.trunk ?? repository.defaultBranch;
  const head = (await github.readBranches(repository, [branch])).get(branch);
  if (head === undefined || head.state === "missing") {
    return { state: "unknown", because: "branch-not-found", detail: branch, retryAt: null };
  }
  if (head.state === "unknown") return head;
  if (head.value.sha === sha) return { state: "known", value: "deploy-branch" };
  const reachable = await github.isReachable(repository, head.value.sha, sha);
  if (reachable.state !== "known") return reachable;
  if (reachable.value) return { state: "known", value: "deploy-branch" };
  if (environment?.base.kind !== "branch") return { state: "known", value: "elsewhere" };
  const base = environment.base.branch;
  if ((await github.readBasesOfPullRequestsAt(repository, sha)).includes(base)) {
    return { state: "known", value: "pull-request" };
  }
  const inQueue = await isMergeGroup(sources, repository, sha, base);
  return { state: "known", value: inQueue ? "merge-group" : "elsewhere" };
}

/** A group is known from its event alone; that it still stands is asked of GitHub. */
async function isMergeGroup(
  { github, database }: Pick<PlaceSources, "github" | "database">,
  repository: RepositoryFacts,
  sha: CommitSha,
  base: string,
): Promise<boolean> {
  const group = await findMergeGroup(database, repository.id, sha);
  if (group === null || baseOfMergeGroup(group.headRef) !== base) return false;
  const branch = branchOf(group.headRef);
  const head = (await github.readBranches(repository, [branch])).get(branch);
  return head?.state === "known" && head.value.sha === sha;
}

function branchOf(headRef: string): string {
  return headRef.replace(/^refs\/heads\//, "");
}

/** `refs/heads/gh-readonly-queue/<base>/pr-<number>-<sha>`; null for anything else. */
export function baseOfMergeGroup(headRef: string): string | null {
  return /^refs\/heads\/gh-readonly-queue\/(.+)\/pr-[0-9]+-[0-9a-f]{40,64}$/.exec(headRef)?.[1] ?? null;
}
