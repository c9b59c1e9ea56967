import { type BranchGone, decideBranchGone } from "../domain/decide-branch-gone.ts";
import { decideDeploy } from "../domain/decide-deploy.ts";
import { type UnusablePolicy, decideUnusablePolicy } from "../domain/decide-unusable-policy.ts";
import { evaluate } from "../domain/evaluate.ts";
import { momentToRetry } from "../domain/look-again.ts";
import type { CommitSha, Reading } from "../domain/model.ts";
import type { Subject } from "../domain/subject.ts";
import type { BranchHead } from "../ports.ts";
import { readGround } from "./read-ground.ts";
import { takeDeploySnapshot } from "../snapshot/take-deploy-snapshot.ts";
import { type LookRun, beginLook, findDeployHead } from "../store/subject.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { saveNothing, saveVerdict } from "./save-verdict.ts";

/** Judges the head of the deploy branch for the main environment and says so on GitHub. */
export async function lookAtDeploy(
  dependencies: HandlerDependencies,
  subject: Extract<Subject, { kind: "deploy" }>,
): Promise<void> {
  const { database, clock } = dependencies;
  const run = await beginLook(database, subject);
  if (run === null) return;
  const ground = await readGround(dependencies, subject.repositoryId);
  if (ground === null) return;
  const { repository, policyState } = ground;
  if (policyState.state === "unusable") {
    return await showUnusablePolicy(dependencies, run, { repository, policyState });
  }
  const environment =
    policyState.state === "in-force" ? policyState.policy.deploy.environments[0] : undefined;
  if (policyState.state !== "in-force" || environment === undefined) {
    await saveNothing(dependencies, run, { head: null, closed: false, lookAgainAt: null });
    return;
  }
  const taken = await takeDeploySnapshot(dependencies, {
    repository,
    policy: policyState.policy,
    environment,
    sha: null,
  });
  if (taken.state === "unknown") {
    const head = await findDeployHead(database, repository.id);
    const lookAgainAt = momentToRetry(taken.retryAt, clock.now());
    return await saveNothing(dependencies, run, { head, closed: false, lookAgainAt });
  }
  if (taken.state === "missing") {
    const { policy } = policyState;
    return await showBranchGone(dependencies, run, { repository, policy, branch: taken.detail });
  }
  const { snapshot, carriage } = taken.value;
  const verdict = evaluate(snapshot, carriage);
  const { publicUrl, githubUrl } = dependencies;
  const judged = { snapshot, carriage, verdict, publicUrl, githubUrl, policyState };
  await saveVerdict(dependencies, run, judged, decideDeploy(judged));
}

/** Says that there is no deploy branch where the last verdict stands, and where there is none, on the default branch. */
async function showBranchGone(
  dependencies: HandlerDependencies,
  run: LookRun,
  given: Pick<BranchGone, "repository" | "policy" | "branch">,
): Promise<void> {
  const { github, database, publicUrl, githubUrl } = dependencies;
  const { id, defaultBranch } = given.repository;
  const judged = await findDeployHead(database, id);
  const nothing = { head: judged, closed: false, lookAgainAt: null };
  const shownOn =
    judged ?? shaOf((await github.readBranches(given.repository, [defaultBranch])).get(defaultBranch));
  if (shownOn === null) return await saveNothing(dependencies, run, nothing);
  const effects = decideBranchGone({ ...given, head: shownOn, publicUrl, githubUrl });
  await saveNothing(dependencies, run, nothing, effects);
}

function shaOf(head: Reading<BranchHead> | undefined): CommitSha | null {
  return head?.state === "known" ? head.value.sha : null;
}

/** Says on the default branch's head what is wrong with the policy; no policy names another deploy branch. */
async function showUnusablePolicy(
  dependencies: HandlerDependencies,
  run: LookRun,
  { repository, policyState }: Pick<UnusablePolicy, "repository" | "policyState">,
): Promise<void> {
  const { github, clock, publicUrl, githubUrl } = dependencies;
  const { defaultBranch } = repository;
  const lookAgainAt = policyState.why === "unreadable" ? momentToRetry(null, clock.now()) : null;
  const nothing = { head: null, closed: false, lookAgainAt };
  if (!policyState.ownFile) return await saveNothing(dependencies, run, nothing);
  const heads = await github.readBranches(repository, [defaultBranch]);
  const head = heads.get(defaultBranch);
  if (head?.state !== "known") return await saveNothing(dependencies, run, nothing);
  const { sha } = head.value;
  const effects = decideUnusablePolicy({ repository, policyState, head: sha, publicUrl, githubUrl });
  await saveNothing(dependencies, run, { ...nothing, head: sha }, effects);
}
