import type { Reading } from "../domain/model.ts";
import type { EnvironmentPolicy } from "../domain/policy.ts";
import type { Base } from "../domain/snapshot.ts";
import type { BranchHead, RepositoryRef } from "../ports/repository.ts";
import { readFact } from "./reading.ts";
import type { Sources } from "./sources.ts";

/** What the environment runs now. Missing: nothing was ever deployed there. A configured branch that is not there is unknown. */
export async function readBase(
  github: Sources["github"],
  repository: RepositoryRef,
  environment: EnvironmentPolicy,
  branches: ReadonlyMap<string, Reading<BranchHead>>,
): Promise<Reading<Base>> {
  const { base } = environment;
  if (base.kind === "deployment") {
    const live = await readFact(() => github.readLiveDeployment(repository, base.environment));
    if (live.state !== "known") return live;
    const { sha, by, at } = live.value;
    const label = `deployment to ${base.environment}`;
    return { state: "known", value: { sha, label, sameTreeAs: null, deployed: { by, at } } };
  }
  const head = branches.get(base.branch);
  if (head === undefined || head.state === "missing") {
    return { state: "unknown", because: "branch-not-found", detail: base.branch, retryAt: null };
  }
  if (head.state === "unknown") return head;
  return { state: "known", value: { sha: head.value.sha, label: base.branch, sameTreeAs: null } };
}
